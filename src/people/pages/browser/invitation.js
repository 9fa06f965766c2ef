import { ApiError, request, takeFragment } from './api.js';
import { element, formatTime, messageOf, setHeading, show } from './dom.js';
import { createForm, field, PASSWORD_RULES } from './form.js';
import { rightsOf, roleName } from './roles.js';
import { oidcButton, showSignInSteps } from './sign-in-steps.js';

/**
 * @typedef {{ email: string, workspaceName: string, role: string, invitedBy: string, hasAccount: boolean, expiresAt: string }}
 * Invitation
 */

const token = takeFragment();

if (token === '') show(element('p', {}, 'This page needs the whole link of the invitation.'), toSignIn());
else await start();

async function start() {
  try {
    const invitation = await request('POST', '/auth/invitations/show', { token });
    setHeading(`Join ${invitation.workspaceName}`);
    show(description(invitation), await nextStep(invitation));
    document.querySelector('input')?.focus();
  } catch (failure) {
    show(element('p', { class: 'warn', role: 'alert' }, messageOf(failure)), toSignIn());
  }
}

/** @param {Invitation} invitation */
function description({ workspaceName, role, invitedBy, email, expiresAt }) {
  return element(
    'div',
    { class: 'card' },
    element(
      'p',
      {},
      `${invitedBy} invites you to the workspace `,
      element('strong', {}, workspaceName),
      ' as ',
      element('strong', {}, roleName(role).toLowerCase()),
      `. ${rightsOf(role)}`,
    ),
    element('p', { class: 'dim' }, `For ${email}, until ${formatTime(expiresAt)}.`),
  );
}

/** @param {Invitation} invitation */
async function nextStep(invitation) {
  const me = await findMe();
  if (me !== undefined) return signedInStep(invitation, me);
  const methods = await request('GET', '/auth/methods');
  return invitation.hasAccount ? signInStep(invitation, methods) : newAccountStep(invitation, methods);
}

async function findMe() {
  try {
    return await request('GET', '/me');
  } catch (failure) {
    if (failure instanceof ApiError && failure.status === 401) return undefined;
    throw failure;
  }
}

/**
 * @param {Invitation} invitation
 * @param {{ email: string, name: string }} me
 */
function signedInStep({ email }, me) {
  if (me.email.toLowerCase() === email.toLowerCase()) return acceptForm(me.name);
  return createForm({
    fields: [],
    button: 'Sign out, and continue',
    busy: 'Signing out…',
    more: [element('p', { class: 'dim' }, `You are signed in as ${me.email}. The invitation is for ${email}.`)],
    submit: async () => {
      await request('POST', '/auth/sign-out');
      await start();
    },
  });
}

/** @param {string} name */
function acceptForm(name) {
  return createForm({
    fields: [],
    button: 'Accept the invitation',
    busy: 'Accepting…',
    more: [element('p', { class: 'dim' }, `You are signed in as ${name}.`)],
    submit: () => accept({}),
  });
}

/**
 * @param {Invitation} invitation
 * @param {import('./sign-in-steps.js').Methods} methods
 */
function signInStep({ email }, methods) {
  const steps = element('div');
  showSignInSteps(steps, { methods, email, invitation: token, onSignedIn: () => accept({}).catch(start) });
  return element('div', {}, element('p', {}, 'You have an account. Sign in to accept.'), steps);
}

/**
 * @param {Invitation} invitation
 * @param {import('./sign-in-steps.js').Methods} methods
 */
function newAccountStep(invitation, { password, oidc }) {
  return element(
    'div',
    {},
    password && newAccountForm(invitation),
    password && oidc !== null && element('p', { class: 'or' }, 'or'),
    oidc !== null && oidcButton(oidc, { invitation: token }),
  );
}

/** @param {Invitation} invitation */
function newAccountForm({ email }) {
  return createForm({
    fields: [
      field({ name: 'name', label: 'Your name', autocomplete: 'name', maxlength: 100 }),
      field({
        name: 'email',
        label: 'E-mail address',
        type: 'email',
        autocomplete: 'username',
        value: email,
        readonly: true,
      }),
      field({
        name: 'password',
        label: 'Password',
        hint: PASSWORD_RULES,
        type: 'password',
        autocomplete: 'new-password',
        maxlength: 1_000,
      }),
    ],
    button: 'Create my account, and join',
    busy: 'Joining…',
    submit: ({ name, password }) => accept({ name, password }),
  });
}

/** @param {{ name?: string | undefined, password?: string | undefined }} account */
async function accept(account) {
  await request('POST', '/auth/invitations/accept', { token, ...account });
  location.replace('/app');
}

function toSignIn() {
  return element('p', {}, element('a', { href: '/app/sign-in' }, 'Sign in'));
}
