import { uiWords } from '../words';
import { classes } from '../classes';
import { formatAmount, isZeroAmount, type MoneyValue } from './money-format';
import styles from './money.module.css';

/**
 * An amount with its currency. `null` is money that this member may not see.
 * @param hasSign shows a plus, for profits and changes
 */
export function Money({ value, hasSign = false }: { value: MoneyValue | null; hasSign?: boolean }) {
  if (value === null) return <span className="muted">{uiWords.hiddenMoney}</span>;
  return (
    <span className={classes(styles.money, isZeroAmount(value.amount) && styles.zero)}>
      {formatAmount(value.amount, { hasSign })}
      <span className={styles.currency}>{value.currency}</span>
    </span>
  );
}

/** How money is divided, with widths to scale: approved solid, pending hatched, rejected hollow. The words stand beside it. */
export function MoneyBar({ approved, pending, rejected }: { approved: string; pending: string; rejected: string }) {
  const parts = [
    { className: 'settled', amount: approved },
    { className: 'not-yet', amount: pending },
    { className: 'gone', amount: rejected },
  ].filter(({ amount }) => !isZeroAmount(amount));
  return (
    <div className={styles.bar} aria-hidden="true">
      {parts.map(({ className, amount }) => (
        <span key={className} className={className} style={{ flexGrow: Math.abs(Number(amount)) }} />
      ))}
    </div>
  );
}
