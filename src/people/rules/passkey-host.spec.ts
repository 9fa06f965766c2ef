import { expect, it } from 'vitest';
import { canUsePasskeys } from './passkey-host.js';

it.each([
  ['https://go.example', true],
  ['https://go.example:8443', true],
  ['http://localhost:3000', true],
  ['http://hopback.localhost', true],
  ['http://go.example', false],
  ['https://203.0.113.5', false],
  ['https://[2001:db8::1]', false],
  ['http://127.0.0.1:3000', false],
])('passkeys on %s: %s', (publicUrl, isPossible) => {
  expect(canUsePasskeys(publicUrl)).toBe(isPossible);
});
