import { pageAfterSignIn, request, takeFragment } from './api.js';
import { element, messageOf, show } from './dom.js';
import { showSignInSteps } from './sign-in-steps.js';

const fragment = takeFragment();
const parameters = new URLSearchParams(fragment);

/** Reasons why the organisation's sign-in came back without a session. */
const OIDC_ERRORS = new Map([
  ['sign_in_ended', 'This sign-in has ended, or was begun in another browser. Begin again.'],
  ['denied', 'The sign-in was cancelled.'],
  ['provider_error', 'Your organisation answered with an error. Try again, or tell the person who runs this server.'],
  ['provider_unreachable', 'Your organisation does not answer. Try again later.'],
  ['email_not_verified', 'Your organisation has not confirmed your e-mail address, so it cannot be used here.'],
  ['not_invited', 'There is no account for you here. Ask an owner or admin to invite you.'],
  ['wrong_address', 'The invitation is for another e-mail address.'],
  [
    'link_first',
    'Your account has a second factor. Sign in with it, then link your organisation on the security page.',
  ],
  ['other_identity', 'Your account here is linked to another account of your organisation.'],
  ['identity_taken', 'That account of your organisation is linked to another person here.'],
]);

const NO_OWNER =
  'This server has no owner yet. Open the link that it printed when it started, or run `npm run owner-link` there for a new one.';

if (fragment === 'forgot') location.replace('/app/forgot');
else await start();

async function start() {
  const error = parameters.get('error');
  const notice = element('p', { class: 'warn', role: 'alert' });
  const steps = element('div');
  show(notice, steps);
  if (error !== null) {
    notice.textContent = OIDC_ERRORS.get(error) ?? 'The sign-in did not work. Try again, or use another way.';
    if (await isSignedIn()) {
      steps.replaceChildren(
        element('p', {}, 'You are still signed in. ', element('a', { href: '/app' }, 'Go to your account')),
      );
      return;
    }
  }
  try {
    const methods = await request('GET', '/auth/methods');
    if (methods.needsOwner) notice.textContent = NO_OWNER;
    showSignInSteps(steps, {
      methods,
      onSignedIn: () => location.replace(pageAfterSignIn(parameters.get('next'))),
      more: [element('p', { class: 'dim' }, element('a', { href: '/app/forgot' }, 'Forgot your password?'))],
    });
  } catch (failure) {
    notice.textContent = messageOf(failure);
  }
}

/** Linking an account comes back here, too, when it fails. */
async function isSignedIn() {
  try {
    await request('GET', '/me');
    return true;
  } catch {
    return false;
  }
}
