import { type ComponentProps, useState } from 'react';
import { classes } from '../classes';
import { Button } from './button';
import { Field, type FieldProps } from './field';
import styles from './field.module.css';

type TextFieldProps = FieldProps & Omit<ComponentProps<'input'>, 'id' | 'className'> & { isMono?: boolean };

export function TextField({ label, hint, error, good, isOptional, isLabelHidden, isMono, ...input }: TextFieldProps) {
  return (
    <Field {...{ label, hint, error, good, isOptional, isLabelHidden }}>
      {(attributes) => (
        <input
          type="text"
          {...input}
          {...attributes}
          className={classes(styles.input, isMono === true && styles.mono)}
        />
      )}
    </Field>
  );
}

type TextAreaProps = FieldProps & Omit<ComponentProps<'textarea'>, 'id' | 'className'> & { isMono?: boolean };

export function TextAreaField({
  label,
  hint,
  error,
  good,
  isOptional,
  isLabelHidden,
  isMono,
  ...input
}: TextAreaProps) {
  return (
    <Field {...{ label, hint, error, good, isOptional, isLabelHidden }}>
      {(attributes) => (
        <textarea {...input} {...attributes} className={classes(styles.input, isMono === true && styles.mono)} />
      )}
    </Field>
  );
}

/** A password, which can be shown. */
export function PasswordField({ label, hint, error, ...input }: TextFieldProps) {
  const [isShown, setShown] = useState(false);
  return (
    <Field {...{ label, hint, error }}>
      {(attributes) => (
        <div className={styles.withButton}>
          <input {...input} {...attributes} type={isShown ? 'text' : 'password'} className={styles.input} />
          <Button
            look="quiet"
            isSmall
            aria-label="Show the password"
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
          </Button>
        </div>
      )}
    </Field>
  );
}
