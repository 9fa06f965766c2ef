import { useEffect, useRef } from 'react';
import { useNetworkNames } from '../../networks/use-networks';
import { CheckBox } from '../../ui/controls/check-field';
import { Sparkline } from '../../ui/data/sparkline';
import { Skeleton } from '../../ui/layout/feedback';
import { LinkStateMark } from '../link-state';
import type { Link } from '../link-types';
import { linksWords } from '../links-words';
import { columnWords } from './column-words';
import { LinkName } from './link-name';
import type { LinksTableProps } from './links-table';
import { Amount, Count } from './number-cells';
import { CopyUrl, RowMenu } from './row-menu';
import styles from './list.module.css';

type CardsProps = Pick<
  LinksTableProps,
  'links' | 'numbers' | 'trends' | 'selected' | 'canChange' | 'onToggle' | 'onEdit' | 'onEnd' | 'hasMore'
>;

/** The list on phones: a card for each link, with three numbers. */
export function LinkCards(props: CardsProps) {
  const { links, hasMore, onEnd } = props;
  const networks = useNetworkNames();
  return (
    <ul className={styles.cards} aria-label={linksWords.title}>
      {links.map((link) => (
        <Card key={link.id} link={link} networks={networks} {...props} />
      ))}
      {hasMore ? <EndOfList onSeen={onEnd} key={links.length} /> : null}
    </ul>
  );
}

function Card({
  link,
  networks,
  numbers,
  trends,
  selected,
  canChange,
  onToggle,
  onEdit,
}: CardsProps & { link: Link; networks: ReadonlyMap<string, string> }) {
  const own = numbers.get(link.id);
  const trend = trends.get(link.id);
  return (
    <li className={styles.card} data-selected={selected.has(link.id)}>
      <div className={styles.cardTop}>
        {canChange ? (
          <CheckBox
            label={linksWords.select(link.slug)}
            checked={selected.has(link.id)}
            onChange={() => onToggle(link.id, false)}
          />
        ) : null}
        <LinkName link={link} networks={networks} isShort />
        <LinkStateMark link={link} isBare />
        <CopyUrl url={link.shortUrl} />
        {canChange ? <RowMenu link={link} onEdit={() => onEdit(link)} /> : null}
      </div>
      <div className={styles.cardNumbers}>
        <span>
          {columnWords.humanClicks}
          <b>{own === undefined ? <Skeleton width={36} /> : <Count value={own.humanClicks} />}</b>
        </span>
        <span>
          {columnWords.ftds}
          <b>{own === undefined ? <Skeleton width={24} /> : <Count value={own.ftds} />}</b>
        </span>
        <span>
          {columnWords.payout}
          {own?.revenue ? `, ${own.revenue.currency}` : ''}
          <b>{own === undefined ? <Skeleton width={48} /> : <Amount value={own.revenue} />}</b>
        </span>
        {trend?.some((value) => value > 0) ? <Sparkline values={trend} label={linksWords.trend(link.slug)} /> : null}
      </div>
    </li>
  );
}

/** Asks for the next page when it comes into view. */
function EndOfList({ onSeen }: { onSeen: () => void }) {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) onSeen();
    });
    if (element.current !== null) observer.observe(element.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return (
    <li ref={element} className={styles.foot}>
      <Skeleton width={120} />
    </li>
  );
}
