import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { ConversionStatusMark } from '../../ui/data/status';
import type { ConversionsSearch } from '../conversions-search';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { type Conversion, conversionWords as words } from '../conversions-words';
import { useNetworkName } from '../names';
import { useLinkName } from '../../links/link-names';
import { FlagTags, PayoutCell, TimeCell } from './conversion-columns';
import styles from './conversions-list.module.css';

const CARD_HEIGHT_PX = 92;
const GAP_PX = 8;
/** The next page is loaded when this many cards are left below the view. */
const CARDS_AHEAD = 10;

/** The list on a phone: a card for each conversion; only those in view are in the page. */
export function ConversionCards({
  rows,
  search,
  onEnd,
}: {
  rows: readonly Conversion[];
  search: ConversionsSearch;
  onEnd: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions stay in this component
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => CARD_HEIGHT_PX,
    gap: GAP_PX,
    overscan: CARDS_AHEAD,
    scrollMargin: list.current?.offsetTop ?? 0,
  });
  const items = virtualizer.getVirtualItems();
  const isAtEnd = (items.at(-1)?.index ?? 0) >= rows.length - 1;
  useEffect(() => {
    if (isAtEnd) onEnd();
  }, [isAtEnd, onEnd]);
  return (
    <ul ref={list} aria-label={words.list} style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
      {items.map(({ index, start, key }) => {
        const row = rows[index];
        if (row === undefined) return null;
        const top = start - virtualizer.options.scrollMargin;
        return (
          <li
            key={key}
            data-index={index}
            ref={virtualizer.measureElement}
            style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${top}px)` }}
          >
            <Card conversion={row} search={search} />
          </li>
        );
      })}
    </ul>
  );
}

function Card({ conversion, search }: { conversion: Conversion; search: ConversionsSearch }) {
  const { id, eventType, isFtd, status, linkId, networkId, flags } = conversion;
  const link = useLinkName(linkId);
  const network = useNetworkName(networkId);
  return (
    <Link to="/conversions/$conversionId" params={{ conversionId: id }} search={search} className={styles.cardLink}>
      <span className="strong">
        {EVENT_NAMES[eventType]}
        {isFtd && eventType !== 'ftd' ? ` · ${EVENT_NAMES.ftd}` : ''}
      </span>
      <span className="strong">
        <PayoutCell conversion={conversion} />
      </span>
      <span className="note">
        <TimeCell conversion={conversion} isByClick={search.timeBy === 'click'} />
      </span>
      <ConversionStatusMark status={status} isBare />
      <span className="note ellipsis">{[link?.title ?? linkId, network].filter(Boolean).join(' · ')}</span>
      <FlagTags flags={flags} />
    </Link>
  );
}
