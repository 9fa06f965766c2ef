import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../../src/platform/config/settings.js';
import { SETTINGS } from '../../../src/platform/config/settings.token.js';
import { TotpService } from '../../../src/people/totp/totp.service.js';
import { InstanceSecretsRepository } from '../../../src/platform/secrets/instance-secrets.repository.js';
import { SealingKey } from '../../../src/platform/secrets/sealing-key.service.js';
import { WrongSecretKey } from '../../../src/platform/secrets/wrong-secret-key.js';
import { TestApp } from '../../support/test-app.js';

const MINE = { purpose: 'totp', ownerId: 'usr_1' } as const;
const OTHER_KEY = 'another-key-of-thirty-two-characters';
const logged: Record<string, unknown>[] = [];
const logger = pino({ level: 'warn' }, { write: (line) => logged.push(JSON.parse(line) as Record<string, unknown>) });

let one: TestApp;
/** Another instance of it, with its own DATA_DIR. */
let two: TestApp;

beforeAll(async () => {
  one = await TestApp.start();
  two = await TestApp.start({ sharing: one });
  // The link for the first owner has needed one.
  for (const app of [one, two]) rmSync(fileOf(app));
});
afterAll(async () => {
  await two.close();
  await one.close();
});
beforeEach(() => {
  logged.length = 0;
});

const fileOf = (app: TestApp): string => join(app.dataDir, 'secret-key');
const keyOf = (app: TestApp, settings: { secretKey?: string; lostSecretKey?: string } = {}): SealingKey =>
  new SealingKey(
    { dataDir: app.dataDir, secretKey: undefined, lostSecretKey: undefined, ...settings },
    app.app.get(InstanceSecretsRepository),
    logger,
  );

describe('the sealing key', () => {
  it('is created in DATA_DIR when it is first needed, and only for its owner', async () => {
    expect(existsSync(fileOf(one))).toBe(false);
    expect(() => one.app.get(SealingKey).unseal('0123456789abcdef.AAAA', MINE)).toThrow(WrongSecretKey);
    expect(existsSync(fileOf(one))).toBe(false);
    // Several processes of an instance may need it at once.
    const sealed = await Promise.all(Array.from({ length: 5 }, () => keyOf(one).seal('JBSWY3DP', MINE)));
    expect(statSync(fileOf(one)).mode & 0o777).toBe(0o600);
    expect(readFileSync(fileOf(one), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/);
    for (const text of sealed) expect(one.app.get(SealingKey).unseal(text, MINE)).toBe('JBSWY3DP');
  });

  it('opens a secret for its owner only, and not when it was changed', async () => {
    const sealed = await keyOf(one).seal('JBSWY3DP', MINE);
    expect(sealed).not.toContain('JBSWY3DP');
    expect(() => keyOf(one).unseal(sealed, { ...MINE, ownerId: 'usr_2' })).toThrow();
    expect(() => keyOf(one).unseal(`${sealed.slice(0, -4)}AAA=`, MINE)).toThrow();
    expect(logged).toEqual([]);
  });

  it('of another instance neither opens nor seals, and the log says what to do', async () => {
    const sealed = await keyOf(one).seal('JBSWY3DP', MINE);
    expect(() => keyOf(two).unseal(sealed, MINE)).toThrow(/secret key of this server is not the one/);
    await expect(keyOf(two).seal('a', MINE)).rejects.toThrow(WrongSecretKey);
    expect(existsSync(fileOf(two))).toBe(false);
    await expect(keyOf(two, { secretKey: OTHER_KEY }).seal('a', MINE)).rejects.toThrow(WrongSecretKey);
    expect(() => keyOf(two, { secretKey: OTHER_KEY }).unseal(sealed, MINE)).toThrow(WrongSecretKey);
    const [fingerprint] = sealed.split('.');
    expect(logged[0]).toMatchObject({ needed: fingerprint, present: 'none', file: fileOf(two) });
    expect(logged[0]?.['msg']).toMatch(/SECRET_KEY .* DATA_DIR\/secret-key/);
    expect(JSON.stringify(logged)).not.toContain(OTHER_KEY);
  });

  it('opens on every instance that has it, as a copied file or as the setting', async () => {
    const sealed = await keyOf(one).seal('JBSWY3DP', MINE);
    const content = readFileSync(fileOf(one), 'utf8');
    const bySetting = keyOf(two, { secretKey: content.trim() });
    expect(bySetting.unseal(sealed, MINE)).toBe('JBSWY3DP');
    expect(keyOf(one).unseal(await bySetting.seal('b', MINE), MINE)).toBe('b');
    writeFileSync(fileOf(two), content);
    expect(keyOf(two).unseal(sealed, MINE)).toBe('JBSWY3DP');
  });

  it('can be replaced when it is lost, by its fingerprint only', async () => {
    const sealed = await keyOf(one).seal('JBSWY3DP', MINE);
    const [lost = ''] = sealed.split('.');
    const wrong = keyOf(two, { secretKey: OTHER_KEY, lostSecretKey: '0123456789abcdef' });
    await expect(wrong.seal('a', MINE)).rejects.toThrow(WrongSecretKey);
    const settings = { secretKey: OTHER_KEY, lostSecretKey: lost };
    const replaced = await keyOf(two, settings).seal('c', MINE);
    expect(keyOf(two, { secretKey: OTHER_KEY }).unseal(replaced, MINE)).toBe('c');
    expect(() => keyOf(two, settings).unseal(sealed, MINE)).toThrow(WrongSecretKey);
    await expect(keyOf(one).seal('a', MINE)).rejects.toThrow(WrongSecretKey);
    await expect(keyOf(one, { lostSecretKey: lost }).seal('a', MINE)).rejects.toThrow(WrongSecretKey);
    expect(keyOf(two, settings).unseal(await keyOf(two, settings).seal('d', MINE), MINE)).toBe('d');
  });

  it('is not needed for texts that are no code of an authenticator app, such as recovery codes', async () => {
    const settings = one.app.get<Settings>(SETTINGS);
    const { sealedSecret, uri } = await new TotpService(keyOf(two, { secretKey: OTHER_KEY }), settings).create(
      'usr_1',
      'mia@example.com',
    );
    expect(uri).toMatch(/^otpauth:\/\/totp\/Hopback:mia%40example\.com\?issuer=Hopback&secret=[A-Z2-7]{32}&/);
    const lost = new TotpService(keyOf(one), settings);
    const stored = { userId: 'usr_1', sealedSecret, lastStep: undefined };
    expect(() => lost.match(stored, '123 456', Date.now())).toThrow(WrongSecretKey);
    expect(lost.match(stored, 'h4ke-7pwn-m2xd', Date.now())).toBeUndefined();
  });

  it('in a damaged file is not replaced silently', async () => {
    writeFileSync(fileOf(two), 'half');
    await expect(keyOf(two).seal('a', MINE)).rejects.toThrow(/does not hold a key/);
    expect(readFileSync(fileOf(two), 'utf8')).toBe('half');
  });
});
