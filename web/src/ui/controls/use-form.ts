import { type ChangeEvent, type RefObject, type SubmitEvent, useEffect, useRef, useState } from 'react';
import { problemsByField } from '../../api/problem';
import { uiWords } from '../words';

/** The names of the values of one type. */
type NamesOf<Values, Type> = { [Name in keyof Values]: Values[Name] extends Type ? Name : never }[keyof Values] &
  string;

interface FormOptions<Values extends object> {
  /** The values at the beginning. Their names are those of the API's fields, so that its errors find their places. */
  initial: Values;
  /** Fields that must not be empty. */
  required?: readonly NamesOf<Values, string>[] | undefined;
  /** Sends the values. What it throws is shown, beside the fields that it names. */
  submit: (values: Values) => Promise<unknown>;
}

export interface FormState<Values extends object> {
  values: Values;
  /** The problems by field. */
  errors: Readonly<Record<string, string>>;
  /** The problem that belongs to no field. */
  error: string | null;
  /** The form is being sent; it cannot be sent again meanwhile. */
  isBusy: boolean;
  /** Whether a value differs from the beginning. */
  isChanged: boolean;
  set: <Name extends keyof Values>(name: Name, value: Values[Name]) => void;
  /** Back to `initial`, without errors. */
  reset: () => void;
  /** The same as a press of the button. */
  send: () => Promise<void>;
  /** For `<form>`. */
  props: { ref: RefObject<HTMLFormElement | null>; noValidate: true; onSubmit: (event: SubmitEvent) => void };
  /** For `TextField`, `PasswordField` and `TextAreaField`. */
  text: (name: NamesOf<Values, string>) => {
    name: string;
    value: string;
    error: string | undefined;
    required: boolean;
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void;
  };
  /** For `SelectField`. */
  choice: <Name extends NamesOf<Values, string>>(
    name: Name,
  ) => { name: string; value: Values[Name]; error: string | undefined; onChange: (value: Values[Name]) => void };
  /** For `CheckField` and `SwitchField`. */
  check: (name: NamesOf<Values, boolean>) => { name: string; checked: boolean; onChange: (isOn: boolean) => void };
}

/**
 * A form that is sent once at a time, keeps what was typed, and shows errors beside their fields. After an error, the first bad
 * field has the focus. `Form` draws it; other layouts use `props` and `FormError`.
 */
export function useForm<Values extends object>({
  initial,
  required = [],
  submit,
}: FormOptions<Values>): FormState<Values> {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isSending = useRef(false); // the state would be late for a second press
  const [form, askForFocus] = useFocusOnFault();

  const fail = (fields: Readonly<Record<string, string>>, rest: string | null): void => {
    setErrors(fields);
    setError(rest);
    if (rest !== null || Object.keys(fields).length > 0) askForFocus();
  };
  const send = async (): Promise<void> => {
    if (isSending.current) return;
    const missing = required.filter((name) => String(values[name]).trim() === '');
    fail(Object.fromEntries(missing.map((name) => [name, uiWords.fillIn])), null);
    if (missing.length > 0) return;
    isSending.current = true;
    setBusy(true);
    try {
      await submit(values);
    } catch (failure) {
      const { fields, rest } = problemsByField(failure, Object.keys(values));
      fail(fields, rest);
    } finally {
      isSending.current = false;
      setBusy(false);
    }
  };
  const set: FormState<Values>['set'] = (name, value) => {
    setValues((before) => ({ ...before, [name]: value }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([bad]) => bad !== name)));
  };
  return {
    values,
    errors,
    error,
    isBusy,
    isChanged: Object.keys(values).some((name) => values[name as keyof Values] !== initial[name as keyof Values]),
    set,
    reset: () => {
      setValues(initial);
      fail({}, null);
    },
    send,
    props: {
      ref: form,
      noValidate: true,
      onSubmit: (event) => {
        event.preventDefault();
        event.stopPropagation(); // a dialog's form is no part of the form behind it
        void send();
      },
    },
    text: (name) => ({
      name,
      value: values[name] as string,
      error: errors[name],
      required: required.includes(name),
      onChange: ({ target }) => set(name, target.value as Values[typeof name]),
    }),
    choice: (name) => ({
      name,
      value: values[name],
      error: errors[name],
      onChange: (value) => set(name, value),
    }),
    check: (name) => ({
      name,
      checked: values[name] as boolean,
      onChange: (isOn) => set(name, isOn as Values[typeof name]),
    }),
  };
}

/** Moves the focus once the fault is on the page: to the first bad field, else to the text of the error. */
function useFocusOnFault(): [form: RefObject<HTMLFormElement | null>, askForFocus: () => void] {
  const form = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState(0);
  useEffect(() => {
    if (faults === 0) return;
    const bad = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (bad ?? form.current?.querySelector<HTMLElement>('[data-form-error]'))?.focus();
  }, [faults]);
  return [form, () => setFaults((before) => before + 1)];
}
