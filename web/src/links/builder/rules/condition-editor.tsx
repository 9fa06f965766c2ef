import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { Button } from '../../../ui/controls/button';
import { type Choice, SelectField } from '../../../ui/controls/select-field';
import { TextField } from '../../../ui/controls/text-field';
import { TokenField } from '../../../ui/controls/token-field';
import { useBuilder } from '../builder-context';
import type { ConditionDraft, Operator } from '../draft/draft';
import { splitTyped } from '../draft/draft-values';
import { FieldWarnings } from '../field-warnings';
import { exampleOf, hasTimezone, timezoneChoices, valueSuggestions } from './condition-fields';
import { rulesWords } from './rules-words';
import styles from './rules.module.css';

const FIELD_CHOICES: readonly Choice[] = Object.entries(rulesWords.fields).map(([value, label]) => ({ value, label }));
const OPERATOR_CHOICES: readonly Choice<Operator>[] = [
  { value: 'in', label: rulesWords.operators.in },
  { value: 'notIn', label: rulesWords.operators.notIn },
];
const QUERY = 'query:';

/** One condition of a rule: field, comparison, values. */
export function ConditionEditor({
  condition,
  path,
  word,
  label,
  onChange,
  onRemove,
}: {
  condition: ConditionDraft;
  path: string;
  word: string;
  label: string;
  onChange: (condition: ConditionDraft) => void;
  onRemove: (() => void) | undefined;
}) {
  const { problemsIn } = useBuilder();
  const { field, op, values, typed, timezone } = condition;
  const set = (changed: Partial<ConditionDraft>): void => onChange({ ...condition, ...changed });
  const isQuery = field.startsWith(QUERY);
  return (
    <div className={styles.condition} role="group" aria-label={label}>
      <span className={styles.word}>{word}</span>
      <SelectField
        label={rulesWords.field}
        isLabelHidden
        choices={FIELD_CHOICES}
        value={isQuery ? QUERY : field}
        onChange={(chosen) => set({ field: chosen, values: [], typed: '', timezone: '' })}
      />
      <SelectField
        label={rulesWords.operator}
        isLabelHidden
        choices={OPERATOR_CHOICES}
        value={op}
        onChange={(chosen) => set({ op: chosen })}
      />
      {onRemove === undefined ? null : (
        <Button
          look="quiet"
          isSmall
          icon={<IconX className="icon-small" />}
          aria-label={rulesWords.remove(label)}
          onClick={onRemove}
        />
      )}
      {isQuery ? (
        <div className={styles.wide}>
          <TextField
            label={rulesWords.queryName}
            isLabelHidden
            isMono
            placeholder="utm_source"
            value={field.slice(QUERY.length)}
            maxLength={64}
            onChange={(event) => set({ field: `${QUERY}${event.target.value.trim()}` })}
          />
        </div>
      ) : null}
      <div className={styles.wide}>
        <TokenField
          label={rulesWords.values}
          isLabelHidden
          values={values}
          typed={typed}
          split={(text) => splitTyped(text, field)}
          suggestions={valueSuggestions(field)}
          placeholder={exampleOf(field)}
          error={problemsIn(path)}
          onChange={(changed, text) => set({ values: changed, typed: text })}
        />
        <FieldWarnings path={path} />
      </div>
      {hasTimezone(field) ? (
        <div className={styles.wide}>
          <SelectField
            label={rulesWords.timezone}
            choices={withZone(timezoneChoices(), timezone)}
            value={timezone}
            onChange={(chosen) => set({ timezone: chosen })}
          />
        </div>
      ) : null}
    </div>
  );
}

/** The zone of a link may have a name that this browser does not list. */
function withZone(choices: readonly Choice[], zone: string): readonly Choice[] {
  return choices.some(({ value }) => value === zone) ? choices : [...choices, { value: zone, label: zone }];
}
