import { ApiError, goToSignIn, request } from './api.js';
import { element } from './dom.js';
import { showSignInSteps } from './sign-in-steps.js';

/**
 * @typedef {object} Me
 * @property {string} id
 * @property {string} email
 * @property {string} name
 * @property {boolean} hasPassword
 * @property {boolean} hasTotp
 * @property {number} recoveryCodesLeft
 * @property {number} passkeys
 * @property {string[]} scopes
 * @property {{ id: string, name: string, role: string, isCurrent: boolean }[]} workspaces
 */

/** The signed-in person. Without one, the page to sign in is opened. @returns {Promise<Me>} */
export function readMe() {
  return call('GET', '/me');
}

/**
 * @param {Me} me
 * @param {string} scope
 */
export function hasScope({ scopes }, scope) {
  return scopes.includes('*') || scopes.includes(scope);
}

/**
 * A request of a signed-in person. When the server wants a recent sign-in, the person confirms it, and the request is sent
 * once more. When the session has ended, the page to sign in is opened.
 * @template T
 * @param {string} method
 * @param {string} path after `/api/v1`
 * @param {object} [body]
 * @returns {Promise<T>}
 */
export async function call(method, path, body) {
  try {
    return await request(method, path, body);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401) return leave();
    if (error.code !== 'sign_in_again') throw error;
  }
  await confirmPerson();
  return request(method, path, body);
}

/** @returns {Promise<never>} never ends, as the page is left. */
function leave() {
  goToSignIn();
  return new Promise(() => undefined);
}

/** Shows the dialog "Confirm that it is you". @throws ApiError when it is closed. */
async function confirmPerson() {
  const [me, methods] = await Promise.all([request('GET', '/me'), request('GET', '/auth/methods')]);
  const steps = element('div');
  const dialog = element(
    'dialog',
    { 'aria-labelledby': 'confirm-title' },
    element('h2', { id: 'confirm-title' }, 'Confirm that it is you'),
    element('p', { class: 'dim' }, 'Your last sign-in is more than ten minutes ago.'),
    steps,
    element('button', { type: 'button', class: 'link', click: () => dialog.close() }, 'Cancel'),
  );
  document.body.append(dialog);
  dialog.showModal();
  const isConfirmed = await new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'confirmed'));
    showSignInSteps(steps, {
      methods: {
        ...methods,
        password: methods.password && me.hasPassword,
        passkey: methods.passkey && me.passkeys > 0,
      },
      email: me.email,
      isEmailFixed: true,
      onSignedIn: () => dialog.close('confirmed'),
    });
  });
  dialog.remove();
  if (!isConfirmed) throw new ApiError(0, { detail: 'Not confirmed, so nothing was changed.' });
  const now = await request('GET', '/me');
  if (now.id === me.id) return;
  // A passkey of another account was used: this page shows the data of the first person.
  location.assign('/app');
  await new Promise(() => undefined);
}
