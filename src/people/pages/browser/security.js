import { element, messageOf, show } from './dom.js';
import { createForm, field, PASSWORD_RULES } from './form.js';
import { authenticatorPart } from './authenticator.js';
import { identitiesPart } from './identities.js';
import { passkeysPart } from './passkeys.js';
import { request } from './api.js';
import { call, readMe } from './session.js';

try {
  await load('');
} catch (failure) {
  show(element('p', { class: 'warn', role: 'alert' }, messageOf(failure)));
}

/**
 * Shows everything again after a change.
 * @param {string} done what has just been done
 */
async function load(done) {
  const [me, methods] = await Promise.all([readMe(), request('GET', '/auth/methods')]);
  const status = element('p', { class: 'ok', role: 'status', tabindex: -1 }, done === '' ? '' : `✓ ${done}`);
  show(
    status,
    ...(methods.password ? [element('h2', {}, 'Password'), passwordForm(me)] : []),
    ...(methods.password ? [element('h2', {}, 'Authenticator app'), authenticatorPart(me, load)] : []),
    ...(methods.passkey ? [element('h2', {}, 'Passkeys'), passkeysPart(load)] : []),
    ...(methods.oidc ? [element('h2', {}, 'Organisation'), identitiesPart(methods.oidc, load)] : []),
    element('h2', {}, 'E-mail address'),
    emailForm(me, methods.mail),
  );
  if (done !== '') status.focus();
}

/** @param {import('./session.js').Me} me */
function passwordForm({ email, hasPassword }) {
  const password = field({
    name: 'password',
    label: hasPassword ? 'New password' : 'Password',
    hint: `${PASSWORD_RULES} All your other sessions end.`,
    type: 'password',
    autocomplete: 'new-password',
    maxlength: 1_000,
  });
  const form = createForm({
    fields: [password],
    button: hasPassword ? 'Change the password' : 'Set a password',
    busy: 'Setting…',
    isQuiet: true,
    submit: async (values) => {
      await call('POST', '/me/password', values);
      await load('Your password is set. Your other sessions have ended.');
    },
  });
  // Password managers store the password for this address.
  form.prepend(element('input', { type: 'hidden', autocomplete: 'username', value: email }));
  return form;
}

/**
 * @param {import('./session.js').Me} me
 * @param {boolean} sendsMail
 */
function emailForm({ email }, sendsMail) {
  const about = element('p', {}, 'You sign in with ', element('strong', {}, email), '.');
  const hint = sendsMail
    ? 'The new address gets a link. The change counts when you open it.'
    : 'This server sends no mails: the link that confirms the address is in its log.';
  const form = createForm({
    fields: [field({ name: 'email', label: 'New address', hint, type: 'email', autocomplete: 'off', maxlength: 254 })],
    button: 'Change the address',
    isQuiet: true,
    busy: 'Sending…',
    submit: async (values) => {
      await call('POST', '/me/email', values);
      await load(sendsMail ? `A link is on its way to ${values['email']}.` : 'The link is in the log of the server.');
    },
  });
  return element('div', {}, about, form);
}
