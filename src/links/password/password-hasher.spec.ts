import { describe, expect, it } from 'vitest';
import { PasswordHasher } from './password-hasher.service.js';

describe('PasswordHasher', () => {
  it('knows the password again, and no other', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('Größe');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.hash('Größe')).not.toBe(hash);
    expect(await hasher.matches(hash, 'Größe')).toBe(true);
    expect(await hasher.matches(hash, 'Größe'.normalize('NFD'))).toBe(true);
    for (const other of ['größe', 'Größe ', '', 'Gröβe']) expect(await hasher.matches(hash, other)).toBe(false);
  });

  it('lets a few wait, refuses the rest, and goes on after that', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('a');
    const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => hasher.matches(hash, 'a')));
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(30 - 2 - 20);
    for (const { reason } of refused as PromiseRejectedResult[]) expect(reason).toMatchObject({ code: 'unavailable' });
    expect(await hasher.matches(hash, 'b')).toBe(false);
  });

  it('gives the place of a failed one on', async () => {
    const hasher = new PasswordHasher();
    const broken = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.matches('no hash', 'a')));
    expect(broken.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    const hash = await hasher.hash('a');
    expect(await hasher.matches(hash, 'a')).toBe(true);
  });
});
