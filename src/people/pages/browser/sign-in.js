import { pageAfterSignIn, request, takeFragment } from './api.js';
import { element, messageOf, show } from './dom.js';
import { showSignInSteps } from './sign-in-steps.js';

const fragment = takeFragment();
const parameters = new URLSearchParams(fragment);

/** Reasons why the organisation's sign-in came back without a session. */
const OIDC_ERRORS = new Map([
  ['cancelled', 'The sign-in was cancelled.'],
  ['not_invited', 'There is no account for you here. Ask an owner or admin to invite you.'],
  ['expired', 'The sign-in took too long. Try again.'],
  ['email_not_verified', 'Your organisation has not confirmed your e-mail address, so it cannot be used here.'],
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
