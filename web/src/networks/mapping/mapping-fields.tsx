import { useId } from 'react';
import { SelectField } from '../../ui/controls/select-field';
import { TextField } from '../../ui/controls/text-field';
import { type MappingDraft, REPEATABLE } from './mapping-draft';
import { EVENT_MEANINGS } from './mapping-edits';
import { mappingWords } from './mapping-words';
import styles from './mapping-editor.module.css';

interface FieldsProps {
  draft: MappingDraft;
  onChange: (changes: Partial<MappingDraft>) => void;
}
type WithErrors = FieldsProps & { errors: Record<string, string> };

const EVENT_CHOICES = [
  { value: '', label: mappingWords.usualEvent },
  ...EVENT_MEANINGS.filter((event) => event !== 'chargeback').map((value) => ({ value, label: value })),
];
const STATUS_CHOICES = [
  { value: '', label: mappingWords.usualStatus },
  ...['approved', 'pending', 'rejected'].map((value) => ({ value, label: value })),
];
const TRANSACTION_CHOICES = (['click', 'network'] as const).map((value) => ({
  value,
  label: mappingWords.transactionChoices[value],
}));
const REPEAT_CHOICES = (['ignore', 'count'] as const).map((value) => ({
  value,
  label: mappingWords.repeatChoices[value],
}));

/** The values of a request that does not say them. */
export function DefaultFields({ draft, errors, onChange }: WithErrors) {
  const id = useId();
  const { defaults } = draft;
  const change = (changes: Partial<MappingDraft['defaults']>): void =>
    onChange({ defaults: { ...defaults, ...changes } });
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h3 id={id}>{mappingWords.defaults}</h3>
      <div className={styles.fields}>
        <SelectField
          label={mappingWords.defaultEvent}
          value={defaults.event}
          choices={EVENT_CHOICES}
          onChange={(event) => change({ event })}
        />
        <SelectField
          label={mappingWords.defaultStatus}
          value={defaults.status}
          choices={STATUS_CHOICES}
          onChange={(status) => change({ status })}
        />
        <TextField
          label={mappingWords.defaultCurrency}
          value={defaults.currency}
          maxLength={10}
          error={errors['defaults.currency']}
          onChange={({ target }) => change({ currency: target.value.toUpperCase() })}
        />
        <TextField
          label={mappingWords.defaultPayout}
          isOptional
          inputMode="decimal"
          hint={mappingWords.payoutHint}
          value={defaults.payout}
          error={errors['defaults.payout']}
          onChange={({ target }) => change({ payout: target.value })}
        />
      </div>
    </section>
  );
}

/** When a request is a repeat. */
export function CountingFields({ draft, onChange }: FieldsProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h3 id={id}>{mappingWords.counting}</h3>
      <div className={styles.fields}>
        <SelectField
          label={mappingWords.transactions}
          value={draft.transactions}
          choices={TRANSACTION_CHOICES}
          onChange={(transactions) => onChange({ transactions })}
        />
        {REPEATABLE.map((event) => (
          <SelectField
            key={event}
            label={mappingWords.repeats(event)}
            value={draft.repeats[event]}
            choices={REPEAT_CHOICES}
            onChange={(policy) => onChange({ repeats: { ...draft.repeats, [event]: policy } })}
          />
        ))}
      </div>
    </section>
  );
}

export function OtherFields({ draft, errors, onChange }: WithErrors) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h3 id={id}>{mappingWords.other}</h3>
      <div className={styles.fields}>
        <TextField
          label={mappingWords.clickIdParam}
          isMono
          hint={mappingWords.clickIdParamHint}
          value={draft.clickIdParam}
          error={errors['clickIdParam']}
          onChange={({ target }) => onChange({ clickIdParam: target.value })}
        />
        <TextField
          label={mappingWords.charset}
          isOptional
          isMono
          hint={mappingWords.charsetHint}
          value={draft.charset}
          error={errors['mapping.charset']}
          onChange={({ target }) => onChange({ charset: target.value })}
        />
      </div>
    </section>
  );
}
