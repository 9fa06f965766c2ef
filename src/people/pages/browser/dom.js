/** @typedef {Node | string | false | null | undefined} Child */

/**
 * Creates an element. Texts become text nodes, so they are never read as HTML.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} [attributes] a function is a
 * listener; `true` is an attribute without value; `false` and `undefined` are left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name, value);
    else if (value !== undefined && value !== false) node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...shown(children));
  return node;
}

/** @param {Child[]} children */
function shown(children) {
  return children.filter((child) => child !== false && child !== null && child !== undefined);
}

/**
 * Replaces what `<main>` shows below the heading.
 * @param {...Child} children
 */
export function show(...children) {
  const main = /** @type {HTMLElement} */ (document.querySelector('main'));
  const heading = /** @type {HTMLElement} */ (main.querySelector('h1'));
  main.replaceChildren(heading, ...shown(children));
}

/**
 * Changes the heading, and moves the focus to it so that screen readers read it.
 * @param {string} text
 */
export function setHeading(text) {
  const heading = /** @type {HTMLElement} */ (document.querySelector('main h1'));
  heading.textContent = text;
  document.title = `${text} – Hopback`;
  focusHeading();
}

/** For when the element with the focus has been removed: the keyboard continues from the top of the page. */
export function focusHeading() {
  const heading = /** @type {HTMLElement} */ (document.querySelector('main h1'));
  heading.tabIndex = -1;
  heading.focus();
}

/** @param {string} iso */
export function formatTime(iso) {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso));
}

/**
 * A button that asks before it acts: for acts that cannot be undone.
 * @param {{ label: string, question: string, act: () => Promise<void> }} options
 */
export function confirmedButton({ label, question, act }) {
  const place = element('div');
  const error = element('p', { class: 'warn', role: 'alert' });
  const begin = element('button', { type: 'button', class: 'danger small', click: () => ask() }, label);
  const yes = element('button', { type: 'button', class: 'danger small' }, label);
  const no = element('button', { type: 'button', class: 'quiet small', click: () => reset() }, 'Cancel');
  yes.addEventListener('click', () => void runOnce(yes, act, error));
  const ask = () => {
    error.textContent = '';
    place.replaceChildren(element('p', {}, question), element('div', { class: 'acts' }, yes, no), error);
    no.focus();
  };
  const reset = () => {
    place.replaceChildren(begin);
    begin.focus();
  };
  place.append(begin);
  return place;
}

/**
 * Runs the act of a button once at a time, and shows its error.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} act
 * @param {HTMLElement} error
 */
export async function runOnce(button, act, error) {
  if (button.disabled) return;
  button.disabled = true;
  button.setAttribute('aria-busy', 'true');
  error.textContent = '';
  try {
    await act();
  } catch (failure) {
    error.textContent = messageOf(failure);
  } finally {
    button.disabled = false;
    button.removeAttribute('aria-busy');
  }
}

/** @param {unknown} failure */
export function messageOf(failure) {
  return failure instanceof Error ? failure.message : String(failure);
}

/**
 * A button that copies a text, and says so for a moment.
 * @param {string} text
 * @param {string} [label]
 */
export function copyButton(text, label = 'Copy') {
  const button = element('button', { type: 'button', class: 'quiet small', 'aria-live': 'polite' }, label);
  const copy = async () => {
    // The clipboard exists on https and localhost only.
    const isCopied = await Promise.resolve(navigator.clipboard?.writeText(text).then(() => true)).catch(() => false);
    button.textContent = isCopied ? '✓ Copied' : 'Select the text and copy it';
    setTimeout(() => (button.textContent = label), 1_500);
  };
  button.addEventListener('click', () => void copy());
  return button;
}
