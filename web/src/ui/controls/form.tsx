import { type ReactNode, useEffect } from 'react';
import { classes } from '../classes';
import { Button } from './button';
import type { FormState } from './use-form';
import styles from './form.module.css';

/**
 * Draws a form of `useForm`: its fields, the error that belongs to none of them, and the button that sends it.
 * @param busy the button's text while the form is being sent
 * @param actions beside the button
 * @param more below the button
 */
export function Form<Values extends object>({
  form,
  button,
  busy,
  look = 'primary',
  isWide = false,
  isDisabled = false,
  hasFocus = false,
  actions,
  more,
  children,
}: {
  form: FormState<Values>;
  button: string;
  busy: string;
  look?: 'primary' | 'danger' | undefined | null;
  isWide?: boolean;
  isDisabled?: boolean;
  /** The first empty field gets the focus when the form appears. */
  hasFocus?: boolean;
  actions?: ReactNode;
  more?: ReactNode;
  children?: ReactNode;
}) {
  const { ref } = form.props;
  useEffect(() => {
    if (!hasFocus) return;
    const inputs = [...(ref.current?.querySelectorAll('input') ?? [])];
    (inputs.find(({ value }) => value === '') ?? inputs[0])?.focus();
  }, [hasFocus, ref]);
  return (
    <form {...form.props} className={styles.form}>
      {children}
      <FormError form={form} />
      <div className={classes('row', 'wrap')}>
        <Button type="submit" look={look ?? undefined} isWide={isWide} isBusy={form.isBusy} disabled={isDisabled}>
          {form.isBusy ? busy : button}
        </Button>
        {actions}
      </div>
      {more}
    </form>
  );
}

/** The error of a form that belongs to no field. Always on the page, so that screen readers say it when it comes. */
export function FormError({ form }: { form: { error: string | null } }) {
  return (
    <p role="alert" data-form-error tabIndex={-1} className={classes(styles.error, 'bad')}>
      {form.error}
    </p>
  );
}
