import { request } from './api.js';
import { element, setHeading, show } from './dom.js';
import { createForm, field } from './form.js';

const email = field({
  name: 'email',
  label: 'E-mail address',
  type: 'email',
  autocomplete: 'username',
  maxlength: 254,
});
const back = element('p', { class: 'dim' }, element('a', { href: '/app/sign-in' }, 'Back to sign in'));
const form = createForm({
  fields: [email],
  button: 'Send me a link',
  busy: 'Sending…',
  more: [back],
  submit: async (values) => {
    const { mail } = await request('GET', '/auth/methods');
    await request('POST', '/auth/password/forgot', values);
    setHeading(mail ? 'Look into your inbox' : 'Ask the operator for the link');
    show(element('p', {}, mail ? textWithMail(values['email'] ?? '') : TEXT_WITHOUT_MAIL), back);
  },
});

/** @param {string} address */
function textWithMail(address) {
  return `If ${address} has an account, a mail with a link is on its way. It can take a minute. Look into the spam folder, too.`;
}

const TEXT_WITHOUT_MAIL =
  'This server sends no mails. If the address has an account, the link is in the log of the server: ask the person who runs it.';

show(element('p', {}, 'A link to choose a new password is sent to your address.'), form);
email.input.focus();
