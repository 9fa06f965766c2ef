import { Link } from '@tanstack/react-router';
import { Money } from '../../ui/data/money';
import { ConversionStatusMark, Tag } from '../../ui/data/status';
import type { Column } from '../../ui/data/table';
import { When } from '../../ui/data/time';
import type { ConversionsSearch } from '../conversions-search';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { type Conversion, conversionWords as words, FLAGS } from '../conversions-words';
import { countryName } from '../../ui/data/country-name';
import { LinkLabel, NetworkLabel } from '../names';
import { useIsMoneyHidden } from '../../app/session';
import styles from './conversions-list.module.css';

/** The columns of the list. @param currency of the workspace: revenue is shown where the payout has another one. */
export function conversionColumns(search: ConversionsSearch, currency: string): Column<Conversion>[] {
  const { columns } = words;
  const isByClick = search.timeBy === 'click';
  return [
    {
      id: 'event',
      header: columns.event,
      isText: true,
      cell: (row) => <EventLink conversion={row} search={search} />,
    },
    {
      id: 'time',
      header: isByClick ? columns.clickTime : columns.time,
      isText: true,
      cell: (row) => <TimeCell conversion={row} isByClick={isByClick} />,
    },
    {
      id: 'status',
      header: columns.status,
      isText: true,
      cell: ({ status }) => <ConversionStatusMark status={status} isBare />,
    },
    { id: 'payout', header: columns.payout, cell: (row) => <PayoutCell conversion={row} /> },
    {
      id: 'revenue',
      header: columns.revenue(currency),
      cell: (row) => <RevenueCell conversion={row} currency={currency} />,
    },
    { id: 'link', header: columns.link, isText: true, cell: ({ linkId }) => <LinkLabel id={linkId} /> },
    { id: 'network', header: columns.network, isText: true, cell: ({ networkId }) => <NetworkLabel id={networkId} /> },
    { id: 'txid', header: columns.txid, isText: true, cell: ({ txid }) => <Id value={txid} /> },
    { id: 'player', header: columns.player, isText: true, cell: ({ playerId }) => <Id value={playerId} /> },
    {
      id: 'country',
      header: columns.country,
      isText: true,
      cell: ({ country }) => (country === null ? <Nothing /> : countryName(country)),
    },
    { id: 'flags', header: columns.flags, isText: true, cell: ({ flags }) => <FlagTags flags={flags} /> },
  ];
}

/** The event as a link to the story, which keeps the list to walk through. */
function EventLink({ conversion, search }: { conversion: Conversion; search: ConversionsSearch }) {
  const { id, eventType, isFtd } = conversion;
  return (
    <span className={styles.event}>
      <Link to="/conversions/$conversionId" params={{ conversionId: id }} search={search} className="medium">
        {EVENT_NAMES[eventType]}
      </Link>
      {isFtd && eventType !== 'ftd' ? (
        <span title={words.ftdTitle}>
          <Tag>{EVENT_NAMES.ftd}</Tag>
        </span>
      ) : null}
    </span>
  );
}

export function TimeCell({ conversion, isByClick }: { conversion: Conversion; isByClick: boolean }) {
  if (!isByClick) return <When at={conversion.convertedAt} />;
  return conversion.clickedAt === null ? (
    <span className="muted">{words.noClickTime}</span>
  ) : (
    <When at={conversion.clickedAt} />
  );
}

/** The payout. The mark before it is hatched while the money is not settled, and hollow when it is gone. */
export function PayoutCell({ conversion: { payout, status } }: { conversion: Conversion }) {
  const isHidden = useIsMoneyHidden();
  if (payout === null && !isHidden) return <Nothing />;
  return (
    <span className={styles.payout}>
      <i className={MONEY_MARKS[status]} aria-hidden="true" />
      <Money value={payout} />
    </span>
  );
}

const MONEY_MARKS = { approved: 'settled', pending: 'not-yet', rejected: 'gone' } as const;

function RevenueCell({ conversion: { payout, revenue }, currency }: { conversion: Conversion; currency: string }) {
  if (payout === null || payout.currency === currency) return <Nothing />;
  return revenue === null ? <span className="muted">{words.noRate}</span> : <Money value={revenue} />;
}

function Id({ value }: { value: string | null }) {
  if (value === null) return <Nothing />;
  return (
    <span className={`mono ${styles.id}`} title={value}>
      {value}
    </span>
  );
}

function Nothing() {
  return <span className="muted">–</span>;
}

/** The flags by name; the sentence behind each appears on hover, and is read out. */
export function FlagTags({ flags }: { flags: Conversion['flags'] }) {
  return (
    <span className={styles.flags}>
      {flags.map((flag) => (
        <span key={flag} title={FLAGS[flag].meaning}>
          <Tag>
            {FLAGS[flag].name}
            <span className="visually-hidden">: {FLAGS[flag].meaning}</span>
          </Tag>
        </span>
      ))}
    </span>
  );
}
