import { confirmedButton, copyButton, element, focusHeading, formatTime, messageOf, runOnce, show } from './dom.js';
import { choice, createForm, field } from './form.js';
import { rightsOf, roleName, ROLES } from './roles.js';
import { call, hasScope, readMe } from './session.js';

/** @typedef {{ tags: string[], campaigns: string[] } | null} LinkLimits */
/** @typedef {{ id: string, userId: string, name: string, email: string, role: string, hideMoney: boolean, linkLimits: LinkLimits }} Member */
/** @typedef {{ id: string, email: string, role: string, invitedBy: string, expiresAt: string, isExpired: boolean, url?: string }} Invitation */

/** @type {import('./session.js').Me} */
let me;
const members = element('div');
const invitations = element('div');

try {
  me = await readMe();
  if (hasScope(me, 'members:read')) await start();
  else show(element('p', {}, 'Owners and admins see the members of a workspace. Ask one of them.'));
} catch (failure) {
  show(element('p', { class: 'warn', role: 'alert' }, messageOf(failure)));
}

async function start() {
  const workspace = me.workspaces.find(({ isCurrent }) => isCurrent);
  show(
    element('p', {}, 'Workspace ', element('strong', {}, workspace?.name ?? ''), '.'),
    members,
    element('h2', {}, 'Invite a person'),
    mayChange() ? inviteForm() : element('p', {}, 'Your role cannot invite.'),
    invitations,
  );
  await Promise.all([loadMembers(), loadInvitations()]);
}

function mayChange() {
  return hasScope(me, 'members:write');
}

/** Roles that this person may give. Only owners make owners. */
function givenRoles() {
  return me.scopes.includes('*') ? ROLES : ROLES.filter(([id]) => id !== 'owner');
}

async function loadMembers() {
  const rows = await readAll('/members');
  members.replaceChildren(element('ul', { class: 'rows' }, ...rows.map(memberRow)));
}

async function loadInvitations() {
  const rows = await readAll('/invitations');
  const title = rows.length === 0 ? [] : [element('h2', {}, 'Open invitations')];
  invitations.replaceChildren(
    ...title,
    element('ul', { class: 'rows', hidden: rows.length === 0 }, ...rows.map(invitationRow)),
  );
}

/** All rows of a list of the API. @param {string} path */
async function readAll(path) {
  const rows = [];
  let cursor = '';
  do {
    const { data, page } = await call('GET', `${path}?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`);
    rows.push(...data);
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  return rows;
}

/** @param {Member} member */
function memberRow(member) {
  const { userId, name, email, role } = member;
  const isMe = userId === me.id;
  const mayChangeThis = mayChange() && !isMe && givenRoles().some(([of]) => of === role);
  const limits = limitsOf(member);
  return element(
    'li',
    {},
    element('h3', {}, name, isMe && element('span', { class: 'tag' }, '● You')),
    element('p', { class: 'dim' }, email, mayChangeThis ? '' : ` · ${roleName(role)}`),
    limits !== '' && element('p', { class: 'dim' }, limits),
    mayChangeThis && element('div', { class: 'acts' }, roleChange(member), removal(member)),
  );
}

/** @param {Member} member */
function removal({ id, name }) {
  return confirmedButton({
    label: 'Remove',
    question: `${name} loses access at once, and their API keys in this workspace end.`,
    act: async () => {
      await call('DELETE', `/members/${id}`);
      await loadMembers();
      focusHeading();
    },
  });
}

/** @param {Member} member */
function limitsOf({ hideMoney, linkLimits }) {
  const texts = [];
  if (hideMoney) texts.push('Amounts of money are hidden.');
  if (linkLimits !== null) texts.push(`Only links of: ${[...linkLimits.tags, ...linkLimits.campaigns].join(', ')}.`);
  return texts.join(' ');
}

/** @param {Member} member */
function roleChange({ id, name, role }) {
  const error = element('p', { class: 'warn', role: 'alert' });
  const options = givenRoles().map(([of, text]) => element('option', { value: of, selected: of === role }, text));
  const select = element('select', { 'aria-label': `Role of ${name}` }, ...options);
  const button = element('button', { type: 'button', class: 'quiet small', hidden: true }, 'Change role');
  select.addEventListener('change', () => (button.hidden = select.value === role));
  button.addEventListener(
    'click',
    () =>
      void runOnce(
        button,
        async () => {
          await call('PATCH', `/members/${id}`, { role: select.value });
          await loadMembers();
        },
        error,
      ),
  );
  return element('div', {}, select, button, error);
}

function inviteForm() {
  const sent = element('div', { role: 'status' });
  const email = field({ name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'off', maxlength: 254 });
  const role = choice({
    name: 'role',
    label: 'Role',
    hint: rightsOf('editor'),
    value: 'editor',
    choices: givenRoles().map(([id, name]) => [id, name]),
  });
  role.input.addEventListener('change', () => role.setHint(rightsOf(role.input.value)));
  const form = createForm({
    fields: [email, role],
    button: 'Invite',
    busy: 'Inviting…',
    submit: async (values) => {
      const invitation = await call('POST', '/invitations', values);
      email.input.value = '';
      sent.replaceChildren(sentText(invitation));
      await loadInvitations();
    },
  });
  return element('div', {}, form, sent);
}

/** @param {Invitation} invitation */
function sentText({ email, url }) {
  if (url === undefined) return element('p', { class: 'ok' }, `✓ The mail to ${email} is on its way.`);
  return element(
    'div',
    {},
    element('p', {}, `This server sends no mails. Give this link to ${email}; it is not shown again.`),
    element('p', { class: 'code' }, url),
    element('p', {}, copyButton(url, 'Copy the link')),
  );
}

/** @param {Invitation} invitation */
function invitationRow({ id, email, role, invitedBy, expiresAt, isExpired }) {
  const sent = element('div', { role: 'status' });
  const error = element('p', { class: 'warn', role: 'alert' });
  const resend = element('button', { type: 'button', class: 'quiet small' }, 'Send again');
  resend.addEventListener(
    'click',
    () =>
      void runOnce(
        resend,
        async () => {
          const invitation = await call('POST', `/invitations/${id}/resend`);
          sent.replaceChildren(sentText(invitation));
        },
        error,
      ),
  );
  const revoke = confirmedButton({
    label: 'Revoke',
    question: `The link for ${email} ends at once.`,
    act: async () => {
      await call('DELETE', `/invitations/${id}`);
      await loadInvitations();
      focusHeading();
    },
  });
  return element(
    'li',
    {},
    element('h3', {}, email),
    element(
      'p',
      { class: 'dim' },
      `${roleName(role)}, invited by ${invitedBy}. ${isExpired ? 'Expired' : 'Valid until'} ${formatTime(expiresAt)}.`,
    ),
    mayChange() && element('div', { class: 'acts' }, resend, revoke),
    error,
    sent,
  );
}
