import { confirmedButton, element, messageOf, runOnce } from './dom.js';
import { call } from './session.js';

/** @typedef {{ id: string, issuer: string, subject: string }} Identity */

/**
 * The part of the security page for the account of the organisation. Its list comes a moment later.
 * @param {{ name: string }} method
 * @param {(done: string) => Promise<void>} reload
 */
export function identitiesPart({ name }, reload) {
  const list = element('div');
  void showIdentities(list, name, reload);
  return element('div', {}, element('p', {}, `Sign in with your account at ${name}.`), list);
}

/**
 * @param {HTMLElement} list
 * @param {string} name of the organisation
 * @param {(done: string) => Promise<void>} reload
 */
async function showIdentities(list, name, reload) {
  try {
    const { data } = await call('GET', '/me/identities');
    const rows = data.map((/** @type {Identity} */ identity) => identityRow(identity, reload));
    const shown = rows.length === 0 ? linkButton(name) : element('ul', { class: 'rows' }, ...rows);
    list.replaceChildren(shown);
  } catch (failure) {
    list.replaceChildren(element('p', { class: 'warn', role: 'alert' }, messageOf(failure)));
  }
}

/** @param {string} name */
function linkButton(name) {
  const error = element('p', { class: 'warn', role: 'alert' });
  const button = element('button', { type: 'button', class: 'quiet' }, `Link your account at ${name}`);
  const begin = async () => location.assign((await call('POST', '/me/identities/oidc')).url);
  button.addEventListener('click', () => void runOnce(button, begin, error));
  return element('div', {}, button, error);
}

/**
 * @param {Identity} identity
 * @param {(done: string) => Promise<void>} reload
 */
function identityRow({ id, issuer, subject }, reload) {
  return element(
    'li',
    {},
    element('h3', {}, new URL(issuer).host),
    element('p', { class: 'dim' }, subject),
    confirmedButton({
      label: 'Unlink',
      question: 'This account cannot sign you in any more.',
      act: async () => {
        await call('DELETE', `/me/identities/${id}`);
        await reload('The account is unlinked.');
      },
    }),
  );
}
