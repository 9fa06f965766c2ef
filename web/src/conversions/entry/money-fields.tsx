import { TextField } from '../../ui/controls/text-field';
import { entryWords as words } from './entry-words';
import styles from './entry.module.css';

/** An amount as it was typed, and its currency. */
export interface MoneyDraft {
  amount: string;
  currency: string;
}

/** The money that a draft means: a comma is read as the decimal point. Undefined while the amount is empty. */
export function moneyOf({ amount, currency }: MoneyDraft): MoneyDraft | undefined {
  const typed = amount.trim().replace(',', '.').replace('−', '-');
  return typed === '' ? undefined : { amount: typed, currency: currency.trim().toUpperCase() };
}

export function MoneyFields({
  value,
  onChange,
  errors = {},
}: {
  value: MoneyDraft;
  onChange: (value: MoneyDraft) => void;
  errors?: { amount?: string | undefined; currency?: string | undefined };
}) {
  return (
    <div className={styles.money}>
      <TextField
        label={words.amount}
        inputMode="decimal"
        autoComplete="off"
        value={value.amount}
        error={errors.amount}
        onChange={(event) => onChange({ ...value, amount: event.target.value })}
      />
      <TextField
        label={words.currency}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={10}
        value={value.currency}
        error={errors.currency}
        onChange={(event) => onChange({ ...value, currency: event.target.value })}
      />
    </div>
  );
}
