import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountPasswords } from '../../../src/people/passwords/account-passwords.service.js';
import { DeviceCookies } from '../../../src/people/sign-in/device-cookies.service.js';
import { PasswordResetThrottle } from '../../../src/people/sign-in/password-reset-throttle.service.js';
import { SecondFactorThrottle } from '../../../src/people/sign-in/second-factor-throttle.service.js';
import { SignInThrottle } from '../../../src/people/sign-in/sign-in-throttle.service.js';
import { SETTINGS } from '../../../src/platform/config/settings.token.js';
import { RateLimiterFactory } from '../../../src/platform/rate-limit/rate-limiter-factory.service.js';
import { InstanceSecretsRepository } from '../../../src/platform/secrets/instance-secrets.repository.js';
import { TestApp } from '../../support/test-app.js';

let one: TestApp;
/** Another instance of it. */
let two: TestApp;
/** And one that does not reach its Redis. */
let alone: TestApp;

beforeAll(async () => {
  one = await TestApp.start();
  two = await TestApp.start({ sharing: one });
  alone = await TestApp.start({ sharing: one, redisUrl: 'redis://127.0.0.1:1' });
});
afterAll(async () => {
  await alone.close();
  await two.close();
  await one.close();
});

const HOME = '198.51.100.7';
const NOW = Date.now();
/** A new one for each test: counts are kept in the Redis of all tests. */
const hex = (bytes: number): string => randomBytes(bytes).toString('hex');
const newEmail = (): string => `${hex(8)}@example.com`;
/** A /48 of private addresses (RFC 4193). */
const newNetwork = (): string => `fd${hex(1)}:${hex(2)}:${hex(2)}`;
const throttleOf = (app: TestApp): SignInThrottle => new SignInThrottle(app.app.get(RateLimiterFactory));
const cookiesOf = async (app: TestApp): Promise<DeviceCookies> => {
  const cookies = new DeviceCookies(app.app.get(InstanceSecretsRepository), app.app.get(SETTINGS));
  await cookies.onModuleInit();
  return cookies;
};
/** A browser that signed in to the account. */
const knownDevice = async (email: string): Promise<string | undefined> => {
  const cookies = await cookiesOf(one);
  const sent = cookies.create('', email, NOW).split(';')[0] ?? '';
  return (await cookiesOf(two)).findDevice(`a=b; ${sent}`, email, NOW);
};
const waitsOf = async (times: number, attempt: (at: number) => Promise<{ waitSeconds: number }>): Promise<number[]> => {
  const waits: number[] = [];
  for (let at = 0; at < times; at++) waits.push((await attempt(at)).waitSeconds);
  return waits;
};
const admitted = (waits: number[]): number => waits.filter((wait) => wait === 0).length;

/** Twenty free attempts, one that begins the first wait, and perhaps some after waits on a busy machine. */
const expectFew = (count: number): void => {
  expect(count).toBeGreaterThanOrEqual(21);
  expect(count).toBeLessThan(26);
};

describe('device cookies', () => {
  it('are known to all instances, for the account only', async () => {
    const [email, other] = [newEmail(), newEmail()];
    const cookies = await cookiesOf(one);
    const setCookie = cookies.create('', email, NOW);
    expect(setCookie).toMatch(/^hopback-device=[\w.-]+; Path=\/; Max-Age=34560000; HttpOnly; SameSite=Lax$/);
    const sent = setCookie.split(';')[0] ?? '';
    const device = (await cookiesOf(two)).findDevice(sent, email.toUpperCase(), NOW);
    expect(device).toMatch(/^[\w-]{22}$/);
    expect(cookies.findDevice(sent, other, NOW)).toBeUndefined();
    const both = cookies.create(sent, other, NOW).split(';')[0] ?? '';
    expect([email, other].map((account) => cookies.findDevice(both, account, NOW))).toEqual([device, device]);
  });
});

describe('the throttle of sign-ins', () => {
  it('admits a known device at once after 10,000 wrong passwords from others, also from its own address', async () => {
    const email = newEmail();
    const deviceId = await knownDevice(email);
    expect(deviceId).toBeDefined();
    const throttles = [throttleOf(one), throttleOf(two)];
    const passwords = new AccountPasswords();
    const hash = await passwords.hash('tractor pelican nineteen');
    const started: string[] = [];
    const guesses: Promise<boolean>[] = [];
    const guess = async (at: number): Promise<number> => {
      const address = at % 10 === 0 ? HOME : `203.0.${at % 200}.${at % 250}`;
      const { waitSeconds, lane } = await (throttles[at % 2] as SignInThrottle).count({
        email,
        deviceId: undefined,
        address,
      });
      expect(lane.device).toBe('unknown');
      if (waitSeconds === 0) guesses.push(passwords.verify(hash, 'guess', lane).finally(() => started.push('guess')));
      return waitSeconds;
    };
    const waits: number[] = [];
    for (let from = 0; from < 10_000; from += 50) {
      waits.push(...(await Promise.all(Array.from({ length: 50 }, (_, at) => guess(from + at)))));
    }
    await Promise.allSettled(guesses);
    expect(admitted(waits)).toBeGreaterThanOrEqual(20);
    expect(admitted(waits)).toBeLessThan(30);

    // All guesses of unknown devices at once, and the owner after them.
    started.length = 0;
    const flood = Array.from({ length: 1_000 }, (_, at) =>
      passwords.verify(hash, 'guess', { device: 'unknown', key: String(at) }).then(
        () => started.push('guess'),
        () => undefined,
      ),
    );
    const source = { email, deviceId, address: HOME };
    const attempts = [await throttleOf(one).count(source), await throttleOf(two).count(source)];
    expect(attempts.map(({ waitSeconds }) => waitSeconds)).toEqual([0, 0]);
    const [attempt] = attempts;
    if (attempt === undefined) throw new Error('no attempt');
    expect(await passwords.verify(hash, 'tractor pelican nineteen', attempt.lane)).toBe(true);
    expect(started.length).toBeLessThan(41);
    await Promise.all(flood);
  }, 60_000);

  it('counts a known device with growing waits, on all instances together', async () => {
    const source = { email: newEmail(), deviceId: 'd'.repeat(22), address: HOME };
    const throttles = [throttleOf(one), throttleOf(two)];
    const waits = await waitsOf(13, (at) => (throttles[at % 2] as SignInThrottle).count(source));
    expect(waits.slice(0, 11)).toEqual(Array(11).fill(0));
    expect(waits[11]).toBeGreaterThan(0);
    // Neither another device nor unknown ones are affected.
    for (const deviceId of ['e'.repeat(22), undefined]) {
      expect(await throttleOf(one).count({ ...source, deviceId, address: '192.0.2.99' })).toMatchObject({
        waitSeconds: 0,
      });
    }
  });

  it('forgives the device that signed in, and no other', async () => {
    const [email, network] = [newEmail(), newNetwork()];
    const device = { email, deviceId: 'd'.repeat(22), address: HOME };
    const unknown = { email, deviceId: undefined, address: `${network}::1` };
    const throttle = throttleOf(one);
    await waitsOf(12, () => throttle.count(device));
    await waitsOf(22, () => throttle.count(unknown));
    await throttle.forgive(device);
    expect(await waitsOf(10, () => throttle.count(device))).toEqual(Array(10).fill(0));
    expect((await throttle.count(unknown)).waitSeconds).toBeGreaterThan(0);
  });

  it('does not let the owner of one account guess at others', async () => {
    const [own, victim, network] = [newEmail(), newEmail(), newNetwork()];
    const throttle = throttleOf(one);
    const from = (email: string) => ({ email, deviceId: undefined, address: `${network}::1` });
    const waits: number[] = [];
    for (let at = 0; at < 60; at++) {
      if ((await throttle.count(from(own))).waitSeconds === 0) await throttle.forgive(from(own));
      waits.push((await throttle.count(from(victim))).waitSeconds);
    }
    expectFew(admitted(waits));
  });

  it('counts accounts that do not exist, and other writings of an address, alike', async () => {
    const [email, throttle] = [newEmail(), throttleOf(one)];
    const writings = [email, email.toUpperCase(), ` ${email}`];
    const waits = await waitsOf(30, (at) =>
      throttle.count({ email: writings[at % 3] ?? '', deviceId: undefined, address: `192.0.2.${at}` }),
    );
    expectFew(admitted(waits));
  });

  it.each([
    ['an address', (network: string) => `${network}::1`, 50],
    ['a /64', (network: string, at: number) => `${network}::${at.toString(16)}`, 50],
    ['a /48', (network: string, at: number) => `${network}:${at.toString(16)}::1`, 200],
  ])('limits %s over all accounts', async (_, addressOf, limit) => {
    const [network, throttle] = [newNetwork(), throttleOf(one)];
    const waits = await waitsOf(limit + 5, (at) =>
      throttle.count({ email: newEmail(), deviceId: undefined, address: addressOf(network, at) }),
    );
    expect(admitted(waits)).toBe(limit);
    expect(Math.max(...waits)).toBeLessThanOrEqual(600);
    // A refused attempt of an address does not count for the account.
    const email = newEmail();
    await waitsOf(30, () => throttle.count({ email, deviceId: undefined, address: addressOf(network, 0xffff) }));
    expect((await throttle.count({ email, deviceId: undefined, address: '192.0.2.200' })).waitSeconds).toBe(0);
  });

  it('does not count an office whose people sign in with the right passwords', async () => {
    const [address, throttle] = [`${newNetwork()}::1`, throttleOf(one)];
    for (let at = 0; at < 60; at++) {
      const source = { email: newEmail(), deviceId: undefined, address };
      expect((await throttle.count(source)).waitSeconds).toBe(0);
      await throttle.forgive(source);
    }
  });

  it('limits guesses without Redis too, and admits the known device', async () => {
    const [email, throttle] = [newEmail(), throttleOf(alone)];
    const waits = await waitsOf(200, (at) => throttle.count({ email, deviceId: undefined, address: `192.0.2.${at}` }));
    expectFew(admitted(waits));
    const source = { email, deviceId: 'd'.repeat(22), address: '192.0.2.1' };
    expect((await throttle.count(source)).waitSeconds).toBe(0);
  });
});

describe('the throttle of second factors', () => {
  it('ends a sign-in after five codes, and an account after thirty a day, apart for known devices', async () => {
    const throttles = [one, two].map((app) => new SecondFactorThrottle(app.app.get(RateLimiterFactory)));
    const [throttle] = throttles as [SecondFactorThrottle, SecondFactorThrottle];
    const userId = `usr_${hex(8)}`;
    const codes = async (signInId: string, deviceId?: string): Promise<boolean[]> => {
      const attempts = [];
      for (let at = 0; at < 6; at++) {
        attempts.push(await (throttles[at % 2] as SecondFactorThrottle).count({ userId, signInId, deviceId }));
      }
      return attempts.map(({ isAdmitted }) => isAdmitted);
    };
    const newSignIn = (): string => hex(8);
    for (let at = 0; at < 6; at++) expect(await codes(newSignIn())).toEqual([true, true, true, true, true, false]);
    expect(await codes(newSignIn())).toEqual(Array(6).fill(false));
    const refused = await throttle.count({ userId, signInId: newSignIn(), deviceId: undefined });
    expect(refused.waitSeconds).toBeGreaterThan(80_000);

    const known = { userId, signInId: newSignIn(), deviceId: 'd'.repeat(22) };
    expect(await throttle.count(known)).toEqual({ isAdmitted: true, waitSeconds: 0 });
    await throttle.forgive(known);
    expect(await codes(known.signInId, known.deviceId)).toEqual([true, true, true, true, false, false]);
  });
});

describe('the throttle of reset mails', () => {
  it('sends three an hour to an account, and answers the others alike', async () => {
    const throttle = new PasswordResetThrottle(one.app.get(RateLimiterFactory));
    const [email, network] = [newEmail(), newNetwork()];
    const requests = [];
    for (let at = 0; at < 6; at++) requests.push(await throttle.count(email, `${network}:${at}::1`));
    expect(requests.map(({ maySend }) => maySend)).toEqual([true, true, true, false, false, false]);
    expect(requests.every(({ waitSeconds }) => waitSeconds === 0)).toBe(true);
  });

  it('refuses an address after twenty an hour', async () => {
    const throttle = new PasswordResetThrottle(two.app.get(RateLimiterFactory));
    const address = `${newNetwork()}::1`;
    const waits = await waitsOf(22, () => throttle.count(newEmail(), address));
    expect(admitted(waits)).toBe(20);
    expect(waits[20]).toBeGreaterThan(3_500);
  });
});
