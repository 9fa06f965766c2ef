import type { Schema } from '../../api/client';
import { Money, MoneyBar } from '../../ui/data/money';
import { formatCount } from '../../ui/data/money-format';
import { ConversionStatusMark } from '../../ui/data/status';
import { uiWords } from '../../ui/words';
import { type ConversionStatus, conversionWords as words } from '../conversions-words';
import { moneyBars } from './money-bars';
import styles from './conversions-list.module.css';

type Totals = Schema<'ConversionTotalsResponse'>;

const STATUSES: readonly ConversionStatus[] = ['approved', 'pending', 'rejected'];

/** Counts and sums of the whole list by status. Amounts of different currencies stand beside each other, never added. */
export function ConversionsTotals({ totals }: { totals: Totals }) {
  const { count, ftds, byStatus, isComplete } = totals;
  return (
    <section className={styles.totals} aria-label={words.totals} title={words.totalsHint}>
      <div>
        <h2>{words.count(formatCount(count), count === 1)}</h2>
        <p>
          {words.ftds(formatCount(ftds))}
          {isComplete ? null : <> · {words.onlyNewest}</>}
        </p>
      </div>
      {STATUSES.map((status) => (
        <div key={status}>
          <p>
            <ConversionStatusMark status={status} isBare /> {formatCount(byStatus[status].count)}
          </p>
          <Sums sums={byStatus[status].payouts} />
        </div>
      ))}
      <div className={styles.bars}>
        {moneyBars(totals).map(({ currency, ...amounts }) => (
          <MoneyBar key={currency} {...amounts} />
        ))}
      </div>
    </section>
  );
}

function Sums({ sums }: { sums: Schema<'MoneyResponse'>[] | null }) {
  if (sums === null) return <span className="muted">{uiWords.hiddenMoney}</span>;
  if (sums.length === 0) return <span className="muted">–</span>;
  return (
    <span className={styles.sums}>
      {sums.map((sum) => (
        <Money key={sum.currency} value={sum} />
      ))}
    </span>
  );
}
