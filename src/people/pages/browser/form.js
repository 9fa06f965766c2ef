import { ApiError } from './api.js';
import { element, messageOf } from './dom.js';

/**
 * @typedef {object} Field
 * @property {string} name as the API names it
 * @property {HTMLElement} node
 * @property {HTMLInputElement | HTMLSelectElement} input
 * @property {(message: string) => void} setError
 * @property {(hint: string) => void} setHint
 */

/** Said before a password is chosen; the server applies these rules. */
export const PASSWORD_RULES =
  'At least 12 characters; several unrelated words are good. Common passwords, repetitions, and your own name or address are refused.';

let lastId = 0;

/**
 * A labelled input, with its hint before and its error behind it.
 * @param {{ name: string, label: string, hint?: string } & Record<string, string | number | boolean | undefined>} options
 * further ones are attributes of the input
 * @returns {Field}
 */
export function field({ name, label, hint, ...attributes }) {
  const input = element('input', { type: 'text', required: true, maxlength: 200, ...attributes });
  const isSecret = attributes['type'] === 'password';
  return describe(name, label, hint, input, isSecret ? withShowButton(input) : input);
}

/**
 * @param {{ name: string, label: string, hint?: string, value: string, choices: [value: string, label: string][] }} options
 * @returns {Field}
 */
export function choice({ name, label, hint, value, choices }) {
  const options = choices.map(([of, text]) => element('option', { value: of, selected: of === value }, text));
  const select = element('select', {}, ...options);
  return describe(name, label, hint, select, select);
}

/**
 * @param {string} name
 * @param {string} label
 * @param {string | undefined} hint
 * @param {HTMLInputElement | HTMLSelectElement} input
 * @param {HTMLElement} shown the input, maybe with a button
 * @returns {Field}
 */
function describe(name, label, hint, input, shown) {
  const id = `field-${++lastId}`;
  const hintNode = element('p', { class: 'hint', id: `${id}-hint` }, hint);
  const error = element('p', { class: 'warn', id: `${id}-error`, role: 'alert' });
  input.id = id;
  input.name = name;
  input.setAttribute('aria-describedby', `${id}-error${hint === undefined ? '' : ` ${id}-hint`}`);
  const node = element('div', { class: 'field' }, element('label', { for: id }, label), shown, error, hintNode);
  const setError = (/** @type {string} */ message) => {
    error.textContent = message;
    if (message === '') input.removeAttribute('aria-invalid');
    else input.setAttribute('aria-invalid', 'true');
  };
  const setHint = (/** @type {string} */ text) => (hintNode.textContent = text);
  return { name, node, input, setError, setHint };
}

/** @param {HTMLInputElement} input */
function withShowButton(input) {
  const button = element('button', { type: 'button', class: 'quiet small', 'aria-pressed': 'false' }, 'Show');
  button.setAttribute('aria-label', 'Show the password');
  button.addEventListener('click', () => {
    const isShown = input.type === 'password';
    input.type = isShown ? 'text' : 'password';
    button.textContent = isShown ? 'Hide' : 'Show';
    button.setAttribute('aria-pressed', String(isShown));
  });
  return element('div', { class: 'with-button' }, input, button);
}

/**
 * A form that is sent once at a time, keeps what was typed, and shows errors beside their fields.
 * @param {object} options
 * @param {Field[]} options.fields
 * @param {string} options.button
 * @param {string} options.busy the button's text while the form is being sent
 * @param {(values: Record<string, string>) => Promise<void>} options.submit
 * @param {Node[]} [options.more] shown below the button
 * @param {boolean} [options.isQuiet] it is not the main act of the page
 */
export function createForm({ fields, button: label, busy, submit, more = [], isQuiet = false }) {
  const error = element('p', { class: 'warn', role: 'alert', tabindex: -1 });
  const button = element('button', { type: 'submit', class: isQuiet && 'quiet' }, label);
  const form = element('form', { novalidate: true }, ...fields.map(({ node }) => node), error, button, ...more);
  const send = async () => {
    if (button.disabled || !checkFilled(fields)) return;
    button.disabled = true;
    button.textContent = busy;
    error.textContent = '';
    try {
      await submit(Object.fromEntries(fields.map(({ name, input }) => [name, input.value])));
    } catch (failure) {
      showFailure(failure, fields, error);
    } finally {
      button.disabled = false;
      button.textContent = label;
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send();
  });
  return form;
}

/** @param {Field[]} fields */
function checkFilled(fields) {
  const missing = fields.filter(({ input, setError }) => {
    const isMissing = input.required && input.value.trim() === '';
    setError(isMissing ? 'Fill this in.' : '');
    return isMissing;
  });
  missing[0]?.input.focus();
  return missing.length === 0;
}

/**
 * @param {unknown} failure
 * @param {Field[]} fields
 * @param {HTMLElement} error for what belongs to no field
 */
function showFailure(failure, fields, error) {
  const problems = failure instanceof ApiError ? failure.errors : [];
  const others = problems.filter(({ path }) => fields.every(({ name }) => name !== path)).map(({ message }) => message);
  const bad = fields.filter(({ name, setError }) => {
    const messages = problems.filter(({ path }) => path === name).map(({ message }) => asSentence(message, name));
    setError(messages.join(' '));
    return messages.length > 0;
  });
  if (bad.length === 0 || others.length > 0) {
    error.textContent = others.length > 0 ? others.join(' ') : messageOf(failure);
  }
  if (bad[0] !== undefined) bad[0].input.focus();
  else error.focus();
}

/**
 * `email must be an e-mail address` reads as a sentence beside its field.
 * @param {string} message
 * @param {string} name
 */
function asSentence(message, name) {
  const text = message.startsWith(`${name} `) ? `This ${message.slice(name.length + 1)}` : message;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}
