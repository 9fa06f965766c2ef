import { request, takeFragment } from './api.js';
import { element, setHeading, show } from './dom.js';
import { createForm } from './form.js';

const token = takeFragment();
const toAccount = element('p', {}, element('a', { href: '/app' }, 'Go to your account'));

if (token === '') {
  show(element('p', {}, 'This page needs the whole link of the mail.'), toAccount);
} else {
  // A button, as programs that check mails open links: they must not confirm anything.
  const form = createForm({
    fields: [],
    button: 'Confirm the address',
    busy: 'Confirming…',
    submit: async () => {
      await request('POST', '/auth/email/confirm', { token });
      setHeading('Your address is confirmed');
      show(element('p', {}, 'Sign in with it from now on. Mails go to it, too.'), toAccount);
    },
  });
  show(element('p', {}, 'You asked to use this e-mail address for your account.'), form);
}
