import type { ComponentProps } from 'react';
import { classes } from '../classes';
import { Field, type FieldProps } from './field';
import styles from './field.module.css';

export interface Choice<Value extends string = string> {
  value: Value;
  label: string;
}

type SelectFieldProps<Value extends string> = FieldProps &
  Omit<ComponentProps<'select'>, 'id' | 'className' | 'value' | 'onChange'> & {
    choices: readonly Choice<Value>[];
    value: Value;
    onChange: (value: Value) => void;
    /** Without a border, for use in tables. */
    isQuiet?: boolean | undefined;
  };

/** A list of the browser to choose one value from. */
export function SelectField<Value extends string>({
  label,
  hint,
  error,
  good,
  isOptional,
  isLabelHidden,
  choices,
  value,
  onChange,
  isQuiet,
  ...select
}: SelectFieldProps<Value>) {
  return (
    <Field {...{ label, hint, error, good, isOptional, isLabelHidden }}>
      {(attributes) => (
        <select
          {...select}
          {...attributes}
          value={value}
          onChange={(event) => onChange(event.target.value as Value)}
          className={classes(styles.input, styles.select, isQuiet === true && styles.quietSelect)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
