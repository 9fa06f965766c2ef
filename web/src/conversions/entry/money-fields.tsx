import { TextField } from '../../ui/controls/text-field';
import { entryWords as words } from './entry-words';
import { type MoneyDraft } from './money-draft';
import styles from './entry.module.css';

/** An amount with its currency. `error`: the problem with either. */
export function MoneyFields({
  value,
  onChange,
  error,
}: {
  value: MoneyDraft;
  onChange: (value: MoneyDraft) => void;
  error: string | undefined;
}) {
  return (
    <div className={styles.money}>
      <TextField
        label={words.amount}
        isOptional
        inputMode="decimal"
        autoComplete="off"
        value={value.amount}
        error={error}
        onChange={(event) => onChange({ ...value, amount: event.target.value })}
      />
      <TextField
        label={words.currency}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={10}
        value={value.currency}
        onChange={(event) => onChange({ ...value, currency: event.target.value })}
      />
    </div>
  );
}
