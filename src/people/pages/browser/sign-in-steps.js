import { request } from './api.js';
import { element, runOnce } from './dom.js';
import { createForm, field } from './form.js';
import { canUsePasskeys, offerPasskeyInField, signInWithPasskey, stopOffer } from './passkey-calls.js';

/** @typedef {{ needsOwner: boolean, password: boolean, passkey: boolean, oidc: { name: string, url: string } | null, mail: boolean }} Methods */

/**
 * The ways to prove who you are: password and code, passkey, the organisation's sign-in. Fills `place`.
 * @param {HTMLElement} place
 * @param {object} options
 * @param {Methods} options.methods
 * @param {string} [options.email] known already
 * @param {string} [options.invitation] the token of an invitation that the organisation's sign-in accepts
 * @param {boolean} [options.isEmailFixed] only this person can be meant
 * @param {() => void | Promise<void>} options.onSignedIn
 * @param {Node[]} [options.more] shown below the password's button
 */
export function showSignInSteps(place, options) {
  const { methods } = options;
  const hasPasskeys = methods.passkey && canUsePasskeys();
  const other = [
    hasPasskeys && passkeyButton(place, options),
    methods.oidc !== null && oidcButton(methods.oidc, { invitation: options.invitation }),
  ].filter((node) => node !== false);
  /** @type {HTMLElement[]} */
  const parts = methods.password ? [passwordForm(place, options)] : [];
  if (parts.length > 0 && other.length > 0) parts.push(element('p', { class: 'or' }, 'or'));
  place.replaceChildren(...parts, ...other);
  if (hasPasskeys && methods.password && !options.isEmailFixed) {
    void offerPasskeyInField((answer) => continueWith(answer, place, options));
  }
  focusFirstEmpty(place);
}

/**
 * @param {HTMLElement} place
 * @param {Parameters<typeof showSignInSteps>[1]} options
 */
function passwordForm(place, options) {
  const { email = '', isEmailFixed = false, more = [] } = options;
  const fields = [
    field({
      name: 'email',
      label: 'E-mail address',
      type: 'email',
      autocomplete: 'username webauthn',
      maxlength: 254,
      value: email,
      readonly: isEmailFixed,
    }),
    field({
      name: 'password',
      label: 'Password',
      type: 'password',
      autocomplete: 'current-password',
      maxlength: 1_000,
    }),
  ];
  return createForm({
    fields,
    button: isEmailFixed ? 'Confirm' : 'Sign in',
    busy: isEmailFixed ? 'Confirming…' : 'Signing in…',
    more,
    submit: async (values) => {
      await stopOffer();
      await continueWith(await request('POST', '/auth/sign-in', values), place, options);
    },
  });
}

/**
 * @param {HTMLElement} place
 * @param {Parameters<typeof showSignInSteps>[1]} options
 */
function showCodeStep(place, options) {
  const code = field({
    name: 'code',
    label: 'Code',
    hint: 'Six digits of your authenticator app. Without the app: one of your recovery codes.',
    autocomplete: 'one-time-code',
    inputmode: 'text',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: 40,
  });
  const again = element(
    'button',
    { type: 'button', class: 'link', click: () => showSignInSteps(place, options) },
    'Start again',
  );
  const form = createForm({
    fields: [code],
    button: 'Continue',
    busy: 'Checking…',
    more: [element('p', { class: 'dim' }, again)],
    submit: async (values) => {
      await request('POST', '/auth/totp', values);
      await options.onSignedIn();
    },
  });
  place.replaceChildren(form);
  code.input.focus();
}

/**
 * @param {HTMLElement} place
 * @param {Parameters<typeof showSignInSteps>[1]} options
 */
function passkeyButton(place, options) {
  const error = element('p', { class: 'warn', role: 'alert' });
  const button = element('button', { type: 'button', class: 'quiet wide' }, 'Use a passkey');
  const act = async () => {
    await stopOffer();
    const answer = await signInWithPasskey();
    if (answer !== undefined) await continueWith(answer, place, options);
  };
  button.addEventListener('click', () => void runOnce(button, act, error));
  return element('div', {}, button, error);
}

/**
 * After a proof: signed in, or a code is needed.
 * @param {{ next: 'totp' | null }} answer
 * @param {HTMLElement} place
 * @param {Parameters<typeof showSignInSteps>[1]} options
 */
async function continueWith({ next }, place, options) {
  if (next === 'totp') showCodeStep(place, options);
  else await options.onSignedIn();
}

/**
 * The sign-in of the organisation. It comes back to `/app`, or to the page to sign in with an error.
 * @param {{ name: string, url: string }} method
 * @param {{ invitation?: string | undefined, owner?: string }} [purpose] the token of an invitation, or of the first owner
 */
export function oidcButton({ name, url }, purpose = {}) {
  const error = element('p', { class: 'warn', role: 'alert' });
  const button = element('button', { type: 'button', class: 'quiet wide' }, `Continue with ${name}`);
  const begin = async () => {
    await stopOffer();
    const hasToken = purpose.invitation !== undefined || purpose.owner !== undefined;
    location.assign(hasToken ? (await request('POST', '/auth/oidc', purpose)).url : url);
  };
  button.addEventListener('click', () => void runOnce(button, begin, error));
  return element('div', {}, button, error);
}

/** @param {HTMLElement} place */
function focusFirstEmpty(place) {
  const inputs = [...place.querySelectorAll('input')];
  (inputs.find(({ value }) => value === '') ?? inputs[0])?.focus();
}
