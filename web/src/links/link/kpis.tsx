import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatAmount, formatCount, formatShare, isZeroAmount, type MoneyValue } from '../../ui/data/money-format';
import { MoneyBar } from '../../ui/data/money';
import { Skeleton } from '../../ui/layout/feedback';
import type { DayRange } from '../../ui/period/period';
import { uiWords } from '../../ui/words';
import { addMoney, divideAmount, type LinkNumbers } from '../link-numbers';
import { totalsQuery } from './link-queries';
import { linkWords } from './link-words';
import styles from './link.module.css';

/** The main numbers of a link in the period. */
export function LinkKpis({ linkId, range }: { linkId: string; range: DayRange | null }) {
  const { data } = useQuery(totalsQuery(linkId, range));
  const { numbers } = linkWords;
  return (
    <dl className={styles.kpis} aria-busy={data === undefined}>
      <Kpi label={numbers.clicks} value={data && formatCount(data.humanClicks)}>
        {data && numbers.unique(formatCount(data.uniqueClicks))}
      </Kpi>
      <Kpi label={numbers.bots} value={data && formatShare(data.botClicks, data.clicks)}>
        {data && numbers.botsNote(formatCount(data.botClicks), formatCount(data.clicks))}
      </Kpi>
      <Kpi label={numbers.registrations} value={data && formatCount(data.registrations)}>
        {data && numbers.ofClicks(formatShare(data.registrations, data.humanClicks))}
      </Kpi>
      <Kpi label={numbers.ftds} value={data && formatCount(data.ftds)}>
        {data && numbers.ofRegistrations(formatShare(data.ftds, data.registrations))}
      </Kpi>
      <Kpi label={numbers.payout} value={data && <Big value={data.revenue} />}>
        {data && <PayoutParts numbers={data} />}
      </Kpi>
      <Kpi label={numbers.epc} value={data && <Epc numbers={data} />}>
        {data && <ExpectedEpc numbers={data} />}
      </Kpi>
    </dl>
  );
}

function Kpi({ label, value, children }: { label: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.kpi}>
      <dt>{label}</dt>
      <dd>
        <b style={{ color: 'var(--hb-text)' }}>{value ?? <Skeleton width={70} height={20} />}</b>
        {children ?? <Skeleton width={90} />}
      </dd>
    </div>
  );
}

function Big({ value }: { value: MoneyValue | null }) {
  if (value === null) return <span className="muted">{uiWords.hiddenMoney}</span>;
  return (
    <>
      {formatAmount(value.amount)}
      <small>{value.currency}</small>
    </>
  );
}

function PayoutParts({ numbers: { revenue, revenuePending, revenueRejected } }: { numbers: LinkNumbers }) {
  if (revenue === null || revenuePending === null || revenueRejected === null) return null;
  const { numbers } = linkWords;
  return (
    <>
      <MoneyBar approved={revenue.amount} pending={revenuePending.amount} rejected={revenueRejected.amount} />
      <span>
        {numbers.pending(formatAmount(revenuePending.amount))}
        {isZeroAmount(revenueRejected.amount) ? null : `, ${numbers.rejected(formatAmount(revenueRejected.amount))}`}
      </span>
    </>
  );
}

function Epc({ numbers: { revenue, humanClicks } }: { numbers: LinkNumbers }) {
  if (revenue === null) return <span className="muted">{uiWords.hiddenMoney}</span>;
  const amount = divideAmount(revenue.amount, humanClicks);
  return amount === null ? '–' : <Big value={{ amount, currency: revenue.currency }} />;
}

function ExpectedEpc({ numbers: { revenue, revenuePending, humanClicks } }: { numbers: LinkNumbers }) {
  const expected = addMoney(revenue, revenuePending);
  const amount = expected === null ? null : divideAmount(expected.amount, humanClicks);
  return <span>{amount === null ? '–' : linkWords.numbers.expected(formatAmount(amount))}</span>;
}
