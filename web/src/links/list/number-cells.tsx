import { uiWords } from '../../ui/words';
import { classes } from '../../ui/classes';
import { formatAmount, formatCount, isZeroAmount, type MoneyValue } from '../../ui/data/money-format';
import { divideAmount, type LinkNumbers } from '../link-numbers';
import { linksWords } from '../links-words';
import styles from './list.module.css';

/** A count; zero steps back. */
export function Count({ value }: { value: number }) {
  return <span className={classes(value === 0 && styles.zero)}>{formatCount(value)}</span>;
}

/** A share in percent with one decimal; "–" when nothing is divided. The unit stands in the header. */
export function Share({ part, whole }: { part: number; whole: number }) {
  if (whole === 0) return <span className={styles.zero}>–</span>;
  return <span className={classes(part === 0 && styles.zero)}>{((100 * part) / whole).toFixed(1)}</span>;
}

/** An amount without its currency, which stands in the header. */
export function Amount({ value, isChange = false }: { value: MoneyValue | null; isChange?: boolean }) {
  if (value === null) return <span className="muted">{uiWords.hiddenMoney}</span>;
  const isZero = isZeroAmount(value.amount);
  const tone = value.amount.startsWith('-') ? styles.loss : styles.gain;
  return (
    <span className={classes(isZero ? styles.zero : isChange && tone)}>
      {formatAmount(value.amount, { hasSign: isChange })}
    </span>
  );
}

/** The confirmed payout, and below it the pending part, which is hatched because it is not settled. */
export function Payout({ numbers: { revenue, revenuePending } }: { numbers: LinkNumbers }) {
  const hasPending = revenuePending !== null && !isZeroAmount(revenuePending.amount);
  return (
    <span className={styles.two}>
      <Amount value={revenue} />
      {hasPending ? (
        <small title={linksWords.expected}>
          <span className={classes(styles.hatch, 'not-yet')} aria-hidden="true" />
          {formatAmount(revenuePending.amount, { hasSign: true })}
          <span className="visually-hidden"> {linksWords.expected}</span>
        </small>
      ) : null}
    </span>
  );
}

/** Earnings per click, with three decimals. */
export function Epc({ numbers: { revenue, humanClicks } }: { numbers: LinkNumbers }) {
  if (revenue === null) return <span className="muted">{uiWords.hiddenMoney}</span>;
  const quotient = divideAmount(revenue.amount, humanClicks);
  if (quotient === null) return <span className={styles.zero}>–</span>;
  return <span className={classes(isZeroAmount(quotient) && styles.zero)}>{formatAmount(quotient)}</span>;
}
