import { confirmedButton, element, formatTime, messageOf, runOnce } from './dom.js';
import { createForm, field } from './form.js';
import { canUsePasskeys, createPasskey } from './passkey-calls.js';
import { call } from './session.js';

/** @typedef {{ id: string, name: string, createdAt: string, lastUsedAt: string | null }} Passkey */

/**
 * The part of the security page for passkeys. Its list comes a moment later.
 * @param {(done: string) => Promise<void>} reload
 */
export function passkeysPart(reload) {
  const list = element('div');
  void showPasskeys(list, reload);
  return element(
    'div',
    {},
    element(
      'p',
      {},
      'Sign in with your fingerprint, your face or a security key. A passkey replaces password and code.',
    ),
    list,
    canUsePasskeys() ? addForm(reload) : element('p', { class: 'dim' }, 'This browser cannot use passkeys.'),
  );
}

/**
 * @param {HTMLElement} list
 * @param {(done: string) => Promise<void>} reload
 */
async function showPasskeys(list, reload) {
  try {
    const { data } = await call('GET', '/me/passkeys');
    const rows = data.map((/** @type {Passkey} */ passkey) => passkeyRow(passkey, reload));
    list.replaceChildren(element('ul', { class: 'rows', hidden: rows.length === 0 }, ...rows));
  } catch (failure) {
    list.replaceChildren(element('p', { class: 'warn', role: 'alert' }, messageOf(failure)));
  }
}

/** @param {(done: string) => Promise<void>} reload */
function addForm(reload) {
  const error = element('p', { class: 'warn', role: 'alert' });
  const button = element('button', { type: 'button', class: 'quiet' }, 'Add a passkey');
  const add = async () => {
    const options = await call('POST', '/me/passkeys/options');
    const response = await createPasskey(options);
    if (response === undefined) return;
    const { name } = await call('POST', '/me/passkeys', { response });
    await reload(`The passkey ${name} is added.`);
  };
  button.addEventListener('click', () => void runOnce(button, add, error));
  return element('div', {}, button, error);
}

/**
 * @param {Passkey} passkey
 * @param {(done: string) => Promise<void>} reload
 */
function passkeyRow({ id, name, createdAt, lastUsedAt }, reload) {
  const used = lastUsedAt === null ? 'Never used.' : `Last used ${formatTime(lastUsedAt)}.`;
  const place = element('div', { class: 'acts' });
  const rename = element('button', { type: 'button', class: 'quiet small', click: () => ask() }, 'Rename');
  const remove = confirmedButton({
    label: 'Remove',
    question: `${name} cannot sign you in any more.`,
    act: async () => {
      await call('DELETE', `/me/passkeys/${id}`);
      await reload(`The passkey ${name} is removed.`);
    },
  });
  const ask = () => {
    const input = field({ name: 'name', label: 'Name', value: name, maxlength: 100, autocomplete: 'off' });
    const form = createForm({
      fields: [input],
      button: 'Rename',
      busy: 'Renaming…',
      submit: async (values) => {
        await call('PATCH', `/me/passkeys/${id}`, values);
        await reload('The passkey is renamed.');
      },
    });
    place.replaceChildren(form);
    input.input.focus();
  };
  place.append(rename, remove);
  return element(
    'li',
    {},
    element('h3', {}, name),
    element('p', { class: 'dim' }, `Added ${formatTime(createdAt)}. ${used}`),
    place,
  );
}
