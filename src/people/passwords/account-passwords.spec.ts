import { hash as argon2 } from '@node-rs/argon2';
import { describe, expect, it } from 'vitest';
import { AccountPasswords, type PasswordLane } from './account-passwords.service.js';

const unknown = (key: string): PasswordLane => ({ device: 'unknown', key });
const known: PasswordLane = { device: 'known', key: 'usr_1:nonce' };

describe('AccountPasswords', () => {
  it('knows the password again, and no other', async () => {
    const passwords = new AccountPasswords();
    const hash = await passwords.hash('Größe und Gewicht');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    for (const lane of [known, unknown('192.0.2.1')]) {
      expect(await passwords.verify(hash, 'Größe und Gewicht', lane)).toBe(true);
      expect(await passwords.verify(hash, 'Größe und Gewicht'.normalize('NFD'), lane)).toBe(true);
      expect(await passwords.verify(hash, 'größe und gewicht', lane)).toBe(false);
    }
  });

  it('checks a hash for unknown accounts too, and answers no', async () => {
    const passwords = new AccountPasswords();
    expect(await passwords.verify(undefined, 'anything at all', unknown('192.0.2.1'))).toBe(false);
    expect(await passwords.verify(undefined, '', known)).toBe(false);
    // The check of an unknown account takes part in the queue like any other.
    const flood = Array.from({ length: 20 }, () => passwords.verify(undefined, 'guess', unknown('192.0.2.1')));
    const refused = (await Promise.allSettled(flood)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(20 - 1 - 6);
  });

  it('admits a known device during a flood of guesses from others, before they are checked', async () => {
    const passwords = new AccountPasswords();
    const hash = await passwords.hash('tractor pelican nineteen');
    let checked = 0;
    const flood = Array.from({ length: 10_000 }, (_, at) =>
      passwords.verify(hash, 'guess', unknown(`192.0.2.${at % 100}`)).then(
        () => checked++,
        () => undefined,
      ),
    );
    expect(await passwords.verify(hash, 'tractor pelican nineteen', known)).toBe(true);
    expect(checked).toBeLessThan(10);
    await Promise.all(flood);
    expect(checked).toBe(41);
  });

  it('says which hashes were made with other parameters', async () => {
    const passwords = new AccountPasswords();
    expect(await passwords.needsRehash(await passwords.hash('tractor pelican nineteen'))).toBe(false);
    for (const cost of [{ memoryCost: 4_096 }, { timeCost: 3 }, { parallelism: 2 }, { algorithm: 1 }]) {
      expect(await passwords.needsRehash(await argon2('a', { memoryCost: 19_456, timeCost: 2, ...cost }))).toBe(true);
    }
  });
});
