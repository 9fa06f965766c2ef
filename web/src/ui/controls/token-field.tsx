import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useId } from 'react';
import { Field, type FieldProps } from './field';
import styles from './token-field.module.css';

/**
 * Several values in one input: Enter, a comma or leaving it adds what was typed. The typed text belongs to the caller, so that
 * nothing is lost when the form is sent before.
 * @param split the values in a text that was typed or pasted
 * @param suggestions values to choose from
 */
export function TokenField({
  values,
  typed,
  onChange,
  split,
  suggestions = [],
  placeholder,
  ...field
}: FieldProps & {
  values: readonly string[];
  typed: string;
  onChange: (values: readonly string[], typed: string) => void;
  split: (text: string) => readonly string[];
  suggestions?: readonly { value: string; label?: string }[];
  placeholder?: string | undefined;
}) {
  const listId = useId();
  const add = (text: string): void => onChange([...new Set([...values, ...split(text)])], '');
  const type = (text: string, isReplaced: boolean): void => {
    const found = split(text);
    const isDone = found.length > 1 || (found.length === 1 && found[0] !== text.trim());
    const isChosen = isReplaced && suggestions.some(({ value }) => value === text);
    if (isDone || isChosen) add(text);
    else onChange(values, text);
  };
  return (
    <Field {...field}>
      {(attributes) => (
        <div className={styles.box} data-invalid={attributes['aria-invalid']}>
          {values.map((value) => (
            <span key={value} className={styles.token}>
              {value}
              <button
                type="button"
                aria-label={`Remove ${value}`}
                onClick={() =>
                  onChange(
                    values.filter((each) => each !== value),
                    typed,
                  )
                }
              >
                <IconX className="icon-small" />
              </button>
            </span>
          ))}
          <input
            {...attributes}
            type="text"
            list={suggestions.length > 0 ? listId : undefined}
            value={typed}
            placeholder={values.length === 0 ? placeholder : undefined}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => type(event.target.value, isReplacement(event.nativeEvent))}
            onBlur={() => {
              if (typed.trim() !== '') add(typed);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey && typed.trim() !== '') {
                event.preventDefault();
                add(typed);
              }
              if (event.key === 'Backspace' && typed === '' && values.length > 0) onChange(values.slice(0, -1), '');
            }}
          />
          {suggestions.length > 0 ? (
            <datalist id={listId}>
              {suggestions.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label ?? value}
                </option>
              ))}
            </datalist>
          ) : null}
        </div>
      )}
    </Field>
  );
}

/** Whether the text comes from the list of suggestions, and not from the keyboard. */
function isReplacement(event: Event): boolean {
  const { inputType } = event as InputEvent;
  return inputType === undefined || inputType === 'insertReplacementText';
}
