import { request, takeFragment } from './api.js';
import { element, show } from './dom.js';
import { createForm, field, PASSWORD_RULES } from './form.js';
import { oidcButton } from './sign-in-steps.js';

// The first owner: opened by the link that the start of the server prints.

const token = takeFragment();

if (token === '') {
  const command = element('code', {}, 'npm run owner-link');
  show(
    element(
      'p',
      {},
      'This page needs the link that the server printed when it started. For a new one, run ',
      command,
      ' on the server.',
    ),
    element('p', {}, element('a', { href: '/app/sign-in' }, 'Sign in')),
  );
} else {
  const methods = await request('GET', '/auth/methods');
  show(
    element('p', {}, 'You become the owner of the first workspace of this server. Others join by your invitation.'),
    ...(methods.password ? [passwordForm()] : []),
    ...(methods.password && methods.oidc !== null ? [element('p', { class: 'or' }, 'or')] : []),
    ...(methods.oidc === null ? [] : [oidcButton(methods.oidc, { owner: token })]),
  );
  document.querySelector('input')?.focus();
}

/** @returns {HTMLElement} */
function passwordForm() {
  const fields = [
    field({ name: 'name', label: 'Your name', autocomplete: 'name', maxlength: 100 }),
    field({ name: 'email', label: 'E-mail address', type: 'email', autocomplete: 'username', maxlength: 254 }),
    field({
      name: 'password',
      label: 'Password',
      hint: PASSWORD_RULES,
      type: 'password',
      autocomplete: 'new-password',
      maxlength: 1_000,
    }),
  ];
  return createForm({
    fields,
    button: 'Create my account',
    busy: 'Creating…',
    submit: async (values) => {
      await request('POST', '/auth/owner', { token, ...values });
      location.replace('/app');
    },
  });
}
