import { element, messageOf, show } from './dom.js';
import { choice, createForm } from './form.js';
import { roleName } from './roles.js';
import { call, hasScope, readMe } from './session.js';

try {
  showHome(await readMe());
} catch (failure) {
  show(element('p', { class: 'warn', role: 'alert' }, messageOf(failure)));
}

/** @param {import('./session.js').Me} me */
function showHome(me) {
  const current = me.workspaces.find(({ isCurrent }) => isCurrent);
  show(
    element('p', {}, 'Signed in as ', element('strong', {}, me.name), ` (${me.email}).`),
    warning(me),
    workspacePart(me, current),
    element(
      'ul',
      { class: 'rows' },
      hasScope(me, 'members:read') && link('/app/members', 'Members', 'Invite people, and change their roles.'),
      link('/app/security', 'Security', 'Password, authenticator app and passkeys.'),
      link('/app/sessions', 'Sessions', 'The browsers in which you are signed in.'),
      link('/api/docs', 'API', 'All operations of this server, with examples.'),
    ),
    createForm({ fields: [], button: 'Sign out', busy: 'Signing out…', isQuiet: true, submit: signOut }),
  );
}

/** @param {import('./session.js').Me} me */
function warning({ hasTotp, recoveryCodesLeft }) {
  if (!hasTotp || recoveryCodesLeft > 3) return undefined;
  const left = recoveryCodesLeft === 1 ? 'One recovery code is' : `${recoveryCodesLeft} recovery codes are`;
  return element(
    'p',
    { class: 'warn' },
    `${left} left. `,
    element('a', { href: '/app/security' }, 'Create new ones'),
    '.',
  );
}

/**
 * @param {import('./session.js').Me} me
 * @param {import('./session.js').Me['workspaces'][number] | undefined} current
 */
function workspacePart({ workspaces }, current) {
  if (workspaces.length === 0) {
    return element('p', {}, 'You belong to no workspace. Ask an owner or admin of one to invite you.');
  }
  const about = current && `Workspace ${current.name}: you are ${roleName(current.role).toLowerCase()}.`;
  if (workspaces.length === 1) return element('p', {}, about);
  const select = choice({
    name: 'workspaceId',
    label: 'Workspace',
    hint: about,
    value: current?.id ?? '',
    choices: workspaces.map(({ id, name }) => [id, name]),
  });
  return createForm({
    fields: [select],
    button: 'Switch',
    isQuiet: true,
    busy: 'Switching…',
    submit: async (values) => {
      await call('POST', '/me/workspace', values);
      showHome(await readMe());
    },
  });
}

/**
 * @param {string} href
 * @param {string} label
 * @param {string} about
 */
function link(href, label, about) {
  return element('li', {}, element('h3', {}, element('a', { href }, label)), element('p', { class: 'dim' }, about));
}

async function signOut() {
  await call('POST', '/auth/sign-out');
  location.replace('/app/sign-in');
}
