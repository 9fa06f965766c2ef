import { ApiError, request } from './api.js';

/** @typedef {typeof import('@simplewebauthn/browser')} WebAuthn */

/** Whether this browser knows passkeys. */
export function canUsePasskeys() {
  return 'PublicKeyCredential' in window;
}

/** @typedef {{ next: 'totp' | null }} Answer `totp`: a code is needed, too */

/** Signs in with a passkey that the person chooses. @returns `undefined` when they have cancelled. */
export function signInWithPasskey() {
  return authenticate(false);
}

/** The offer in the e-mail field. Its challenge would replace that of another way, which a cookie keeps. */
const offer = { isStopped: false, begun: Promise.resolve() };

/** Called before any other way begins, so that the offer's challenge cannot come after its own. */
export async function stopOffer() {
  offer.isStopped = true;
  await offer.begun;
}

/**
 * Offers passkeys in the list of the e-mail field. It waits until one is chosen, and says nothing when none is.
 * @param {(answer: Answer) => void | Promise<void>} onAnswer
 */
export async function offerPasskeyInField(onAnswer) {
  offer.isStopped = false;
  try {
    const { browserSupportsWebAuthnAutofill } = await loadLibrary();
    const answer = (await browserSupportsWebAuthnAutofill()) ? await authenticate(true) : undefined;
    if (answer !== undefined) await onAnswer(answer);
  } catch {
    // The button below says what is wrong when it is used.
  }
}

/**
 * @param {boolean} useBrowserAutofill
 * @returns {Promise<Answer | undefined>}
 */
async function authenticate(useBrowserAutofill) {
  const { startAuthentication } = await loadLibrary();
  if (useBrowserAutofill && offer.isStopped) return undefined;
  const options = request('POST', '/auth/passkey/options');
  if (useBrowserAutofill) offer.begun = options.then(ignore, ignore);
  const optionsJSON = await options;
  const response = await ask(() => startAuthentication({ optionsJSON, useBrowserAutofill }));
  return response && request('POST', '/auth/passkey/verify', response);
}

function ignore() {}

/**
 * Asks the browser for a new passkey, with options of the server.
 * @param {object} optionsJSON
 * @returns the new passkey for the server; `undefined` when the person has cancelled.
 */
export async function createPasskey(optionsJSON) {
  const { startRegistration } = await loadLibrary();
  return ask(() =>
    startRegistration({
      optionsJSON: /** @type {Parameters<WebAuthn['startRegistration']>[0]['optionsJSON']} */ (optionsJSON),
    }),
  );
}

/**
 * @template T
 * @param {() => Promise<T>} ceremony
 * @returns {Promise<T | undefined>}
 */
async function ask(ceremony) {
  try {
    return await ceremony();
  } catch (error) {
    const name = error instanceof Error ? error.name : '';
    if (name === 'NotAllowedError' || name === 'AbortError') return undefined;
    if (name === 'InvalidStateError') throw new ApiError(0, { detail: 'This device has a passkey for you already.' });
    throw new ApiError(0, { detail: 'The browser could not use a passkey. Use another way.' });
  }
}

/** @type {Promise<WebAuthn> | undefined} */
let library;

/** @returns {Promise<WebAuthn>} */
function loadLibrary() {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/app/assets/webauthn-library.js';
    script.onload = () =>
      resolve(/** @type {{ SimpleWebAuthnBrowser?: WebAuthn }} */ (window).SimpleWebAuthnBrowser ?? fail());
    script.onerror = () => reject(new ApiError(0, { detail: 'The server cannot be reached. Try again.' }));
    document.head.append(script);
  });
  return library;
}

/** @returns {never} */
function fail() {
  throw new Error('the library for passkeys is not the expected one');
}
