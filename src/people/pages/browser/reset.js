import { request, takeFragment } from './api.js';
import { element, setHeading, show } from './dom.js';
import { createForm, field, PASSWORD_RULES } from './form.js';

const token = takeFragment();

if (token === '') {
  show(element('p', {}, 'This page needs the whole link of the mail.'), askAgain());
} else {
  const password = field({
    name: 'password',
    label: 'New password',
    hint: PASSWORD_RULES,
    type: 'password',
    autocomplete: 'new-password',
    maxlength: 1_000,
  });
  const form = createForm({
    fields: [password],
    button: 'Set the password',
    busy: 'Setting…',
    more: [askAgain()],
    submit: async (values) => {
      await request('POST', '/auth/password/reset', { token, ...values });
      setHeading('Your password is set');
      show(
        element('p', {}, 'All browsers are signed out. Sign in with the new password.'),
        element('p', {}, element('a', { class: 'button', href: '/app/sign-in' }, 'Sign in')),
      );
    },
  });
  show(element('p', {}, 'All browsers in which you are signed in will be signed out.'), form);
  password.input.focus();
}

function askAgain() {
  return element('p', { class: 'dim' }, element('a', { href: '/app/forgot' }, 'Ask for a new link'));
}
