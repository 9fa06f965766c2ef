import { confirmedButton, copyButton, element, runOnce } from './dom.js';
import { createForm, field } from './form.js';
import { call } from './session.js';

/**
 * The part of the security page for the authenticator app and its recovery codes.
 * @param {import('./session.js').Me} me
 * @param {(done: string) => Promise<void>} reload
 */
export function authenticatorPart({ hasPassword, hasTotp, recoveryCodesLeft }, reload) {
  const place = element('div');
  if (!hasTotp && !hasPassword)
    place.append(element('p', {}, 'Only sign-ins by password need it, and you have no password.'));
  else if (hasTotp) place.append(...presentApp(place, recoveryCodesLeft, reload));
  else place.append(...missingApp(place, reload));
  return place;
}

/**
 * @param {HTMLElement} place
 * @param {(done: string) => Promise<void>} reload
 */
function missingApp(place, reload) {
  return [
    element('p', {}, 'A code of your phone protects your account when your password is known to others.'),
    actButton('Add an authenticator app', 'quiet', async () => {
      const secret = await call('POST', '/me/totp');
      await showSetup(place, secret, reload);
    }),
  ];
}

/**
 * @param {HTMLElement} place
 * @param {number} left
 * @param {(done: string) => Promise<void>} reload
 */
function presentApp(place, left, reload) {
  return [
    element('p', {}, element('span', { class: 'ok' }, '● On. '), `Recovery codes left: ${left}.`),
    element(
      'div',
      { class: 'acts' },
      actButton('Create new recovery codes', 'quiet small', async () => {
        const { recoveryCodes } = await call('POST', '/me/recovery-codes');
        showCodes(place, recoveryCodes, () => reload('The new recovery codes count; the old ones have ended.'));
      }),
      confirmedButton({
        label: 'Remove the app',
        question: 'Your password alone signs you in then. The recovery codes end.',
        act: async () => {
          await call('DELETE', '/me/totp');
          await reload('The authenticator app is removed.');
        },
      }),
    ),
  ];
}

/**
 * @param {string} label
 * @param {string} style
 * @param {() => Promise<void>} act
 */
function actButton(label, style, act) {
  const error = element('p', { class: 'warn', role: 'alert' });
  const button = element('button', { type: 'button', class: style }, label);
  button.addEventListener('click', () => void runOnce(button, act, error));
  return element('div', {}, button, error);
}

/**
 * @param {HTMLElement} place
 * @param {{ secret: string, uri: string }} totp
 * @param {(done: string) => Promise<void>} reload
 */
async function showSetup(place, { secret, uri }, reload) {
  const code = field({
    name: 'code',
    label: 'Code of the app',
    autocomplete: 'one-time-code',
    inputmode: 'numeric',
    maxlength: 10,
  });
  const form = createForm({
    fields: [code],
    button: 'Turn it on',
    busy: 'Checking…',
    more: [element('button', { type: 'button', class: 'quiet', click: () => void reload('') }, 'Cancel')],
    submit: async (values) => {
      const { recoveryCodes } = await call('POST', '/me/totp/confirm', values);
      showCodes(place, recoveryCodes, () => reload('The authenticator app is on.'));
    },
  });
  place.replaceChildren(
    element('p', {}, '1. Scan this code with your authenticator app, or type the secret into it.'),
    await qrCode(uri),
    element('p', { class: 'code' }, (secret.match(/.{1,4}/g) ?? [secret]).join(' ')),
    element('p', {}, copyButton(secret, 'Copy the secret')),
    element('p', {}, '2. Type the six digits that it shows.'),
    form,
  );
  code.input.focus();
}

/** @param {string} text */
async function qrCode(text) {
  const { default: encodeQr } = await import('/app/assets/qr-library.js');
  const rows = encodeQr(text, 'raw', { ecc: 'medium', border: 3 });
  const path = rows.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  for (const [name, value] of [
    ['viewBox', `0 0 ${rows.length} ${rows.length}`],
    ['class', 'qr'],
    ['role', 'img'],
    ['aria-label', 'QR code of the secret below'],
    ['shape-rendering', 'crispEdges'],
  ]) {
    svg.setAttribute(name ?? '', value ?? '');
  }
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

/**
 * Shows recovery codes, once.
 * @param {HTMLElement} place
 * @param {string[]} codes
 * @param {() => Promise<void>} done
 */
function showCodes(place, codes, done) {
  const text = `${codes.join('\n')}\n`;
  const heading = element(
    'p',
    { tabindex: -1 },
    element('strong', {}, 'Keep these recovery codes. They are not shown again.'),
  );
  const file = URL.createObjectURL(new Blob([`Recovery codes of ${location.host}\n\n${text}`], { type: 'text/plain' }));
  place.replaceChildren(
    heading,
    element(
      'p',
      {},
      'Each of them signs you in once without the app: print them, or store them in a password manager.',
    ),
    element('ul', { class: 'code codes' }, ...codes.map((code) => element('li', {}, code))),
    element(
      'div',
      { class: 'acts' },
      copyButton(text),
      element('a', { class: 'button quiet small', href: file, download: 'hopback-recovery-codes.txt' }, 'Download'),
    ),
    actButton('I have kept them', '', async () => {
      URL.revokeObjectURL(file);
      await done();
    }),
  );
  heading.focus();
}
