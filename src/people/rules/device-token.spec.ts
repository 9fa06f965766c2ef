import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEVICE_COOKIE_DAYS, findMarkedDevice, markDevice } from './device-token.js';
import { accountKeyOf } from './email-address.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);
const NOW = Date.UTC(2026, 10, 28, 12);
const DAY_MS = 86_400_000;
const key = randomBytes(32);
const MIA = accountKeyOf('mia@example.com');
const TOM = accountKeyOf('tom@example.com');
const DEVICE = 'abcdefghijklmnopqrstuv';
const OTHER_DEVICE = 'ABCDEFGHIJKLMNOPQRSTUV';

const mark = (accountKey: string, token?: string, newDeviceId = DEVICE, now = NOW): string =>
  markDevice(key, token, { accountKey, newDeviceId, now });

describe('a device token', () => {
  it('marks the device for the account that signed in, and for no other', () => {
    const token = mark(MIA);
    expect(findMarkedDevice(key, token, MIA, NOW)).toBe(DEVICE);
    expect(findMarkedDevice(key, token, TOM, NOW)).toBeUndefined();
    expect(findMarkedDevice(randomBytes(32), token, MIA, NOW)).toBeUndefined();
    expect(token).not.toContain(MIA);
  });

  it('keeps the device for several accounts, the last five', () => {
    const accounts = Array.from({ length: 7 }, (_, at) => accountKeyOf(`p${at}@example.com`));
    const token = accounts.reduce<string | undefined>(
      (present, account) => mark(account, present, OTHER_DEVICE),
      mark(MIA),
    );
    const known = accounts.filter((account) => findMarkedDevice(key, token ?? '', account, NOW) === DEVICE);
    expect(known).toEqual(accounts.slice(-5));
    expect(mark(TOM, mark(TOM, mark(MIA))).split('.')).toHaveLength(4);
  });

  it('expires, unless the account signs in again', () => {
    const token = mark(MIA);
    const last = NOW + (DEVICE_COOKIE_DAYS - 1) * DAY_MS;
    expect(findMarkedDevice(key, token, MIA, last)).toBe(DEVICE);
    expect(findMarkedDevice(key, token, MIA, last + DAY_MS)).toBeUndefined();
    const again = mark(TOM, mark(MIA, token, OTHER_DEVICE, last), OTHER_DEVICE, last);
    expect(findMarkedDevice(key, again, MIA, last + DAY_MS)).toBe(DEVICE);
  });

  it('cannot be changed: another device, day or account', () => {
    const token = mark(MIA);
    const parts = token.split('.');
    const changed = [
      ['1', OTHER_DEVICE, parts[2]].join('.'),
      token.replace(/\.(...)([\w-]{22})$/, '.zzz$2'),
      `2${token.slice(1)}`,
      token.slice(0, -1),
      `${token}.`,
      `${token}.x`,
      token.toUpperCase(),
    ];
    for (const text of changed) expect(findMarkedDevice(key, text, MIA, NOW)).toBeUndefined();
  });

  it('takes any text without failing, and begins anew after one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, more) => {
        for (const token of [text, `1.${DEVICE}.${text}`, `1.${text}.${more}`]) {
          expect(findMarkedDevice(key, token, MIA, NOW)).toBeUndefined();
          expect(findMarkedDevice(key, mark(MIA, token), MIA, NOW)).toMatch(/^[\w-]{22}$/);
        }
      }),
      { numRuns },
    );
  });
});
