import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react';
import styles from './field.module.css';

type CheckProps = Omit<ComponentProps<'input'>, 'type' | 'className' | 'onChange'> & {
  onChange: (isChecked: boolean) => void;
};

/** A box to tick, with its text. */
export function CheckField({ children, onChange, ...input }: CheckProps & { children: ReactNode }) {
  return (
    <label className={styles.check}>
      <input {...input} type="checkbox" className={styles.checkbox} onChange={(e) => onChange(e.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

/** A box to tick without a text, as in tables. `isPartly`: some of the rows that it stands for are ticked. */
export function CheckBox({
  label,
  onChange,
  isPartly = false,
  ...input
}: CheckProps & { label: string; isPartly?: boolean }) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current !== null) ref.current.indeterminate = isPartly;
  }, [isPartly]);
  return (
    <input
      {...input}
      ref={ref}
      type="checkbox"
      aria-label={label}
      className={styles.checkbox}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}

/** A switch: it acts at once, unlike a box in a form. */
export function SwitchField({ children, onChange, ...input }: CheckProps & { children: ReactNode }) {
  return (
    <label className={styles.check}>
      <input
        {...input}
        type="checkbox"
        role="switch"
        className={styles.switch}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}
