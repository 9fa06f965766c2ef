import { type ReactNode, useId } from 'react';
import { classes } from '../classes';
import styles from './field.module.css';

export interface FieldProps {
  label: string;
  /** Shown below the input, for example the rules of its values. */
  hint?: ReactNode;
  /** The problem with the value; replaces the hint. */
  error?: string | undefined;
  /** A good result of a check, such as "free on this domain". */
  good?: ReactNode;
  /** Marks the label with "optional". */
  isOptional?: boolean | undefined;
  /** The label is for screen readers only. */
  isLabelHidden?: boolean | undefined;
}

interface InputAttributes {
  id: string;
  'aria-invalid': true | undefined;
  'aria-describedby': string | undefined;
}

/** The label of an input, and what is said about it. `children` gets the attributes that connect the input with both. */
export function Field({
  label,
  hint,
  error,
  good,
  isOptional,
  isLabelHidden,
  children,
}: FieldProps & { children: (attributes: InputAttributes) => ReactNode }) {
  const id = useId();
  const hasHelp = error !== undefined || good !== undefined || hint !== undefined;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={isLabelHidden === true ? 'visually-hidden' : styles.label}>
        {label}
        {isOptional === true ? <span className={styles.optional}> optional</span> : null}
      </label>
      {children({
        id,
        'aria-invalid': error === undefined ? undefined : true,
        'aria-describedby': hasHelp ? `${id}-help` : undefined,
      })}
      <FieldHelp id={`${id}-help`} hint={hint} error={error} good={good} />
    </div>
  );
}

function FieldHelp({ id, hint, error, good }: Pick<FieldProps, 'hint' | 'error' | 'good'> & { id: string }) {
  if (error !== undefined) {
    return (
      <p id={id} role="alert" className={classes(styles.help, styles.bad)}>
        {error}
      </p>
    );
  }
  if (good === undefined && hint === undefined) return null;
  return (
    <p id={id} className={classes(styles.help, good !== undefined && styles.good)}>
      {good ?? hint}
    </p>
  );
}
