import { confirmedButton, element, focusHeading, formatTime, messageOf, show } from './dom.js';
import { call } from './session.js';

/** @typedef {{ id: string, isCurrent: boolean, method: string, device: string, place: string | null, ip: string, createdAt: string, lastSeenAt: string, expiresAt: string }} Session */

const METHODS = new Map([
  ['password', 'by password'],
  ['totp', 'by password and code'],
  ['passkey', 'by passkey'],
  ['oidc', 'by your organisation'],
  ['owner', 'as the first owner'],
  ['invitation', 'by invitation'],
]);

await load();

async function load() {
  try {
    const { data } = await call('GET', '/me/sessions');
    showSessions(data);
  } catch (failure) {
    show(element('p', { class: 'warn', role: 'alert' }, messageOf(failure)));
  }
}

/** @param {Session[]} sessions */
function showSessions(sessions) {
  const hasOthers = sessions.some(({ isCurrent }) => !isCurrent);
  show(
    element('p', {}, 'You are signed in here. End a session that you do not know, and change your password.'),
    element('ul', { class: 'rows' }, ...sessions.map(row)),
    hasOthers
      ? confirmedButton({
          label: 'Sign out all others',
          question: 'All browsers but this one are signed out at once.',
          act: () => end('others'),
        })
      : element('p', { class: 'dim' }, 'There is no other session.'),
  );
}

/** @param {Session} session */
function row({ id, isCurrent, method, device, place, ip, createdAt, lastSeenAt }) {
  const from = place === null ? ip : `${place} (${ip})`;
  return element(
    'li',
    {},
    element('h3', {}, device, isCurrent && element('span', { class: 'tag' }, '● This browser')),
    element('p', {}, from),
    element(
      'p',
      { class: 'dim' },
      `Last used ${formatTime(lastSeenAt)}. Signed in ${formatTime(createdAt)}, ${METHODS.get(method) ?? method}.`,
    ),
    !isCurrent &&
      confirmedButton({ label: 'Sign out', question: `${device} is signed out at once.`, act: () => end(id) }),
  );
}

/** @param {string} id */
async function end(id) {
  await call('DELETE', `/me/sessions/${id}`);
  await load();
  focusHeading();
}
