import { describe, expect, it } from 'vitest';
import { PasswordHasher } from './password-hasher.service.js';

describe('PasswordHasher', () => {
  it('knows the password again, and no other', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('Größe');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.hash('Größe')).not.toBe(hash);
    expect(await hasher.matches('lnk_1', hash, 'Größe')).toBe(true);
    expect(await hasher.matches('lnk_1', hash, 'Größe'.normalize('NFD'))).toBe(true);
    for (const other of ['größe', 'Größe ', '', 'Gröβe'])
      expect(await hasher.matches('lnk_1', hash, other)).toBe(false);
  });

  it('S16 lets a few of each link wait, and refuses the rest', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('secret');
    const tries = Array.from({ length: 30 }, () => hasher.matches('lnk_1', hash, 'secret'));
    const others = [hasher.matches('lnk_2', hash, 'secret'), hasher.matches('lnk_3', hash, 'wrong')];
    const refused = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(30 - 1 - 6);
    for (const { reason } of refused as PromiseRejectedResult[]) {
      expect(reason).toMatchObject({ code: 'too_many_requests', headers: { 'retry-after': '2' } });
    }
    expect(await Promise.all(others)).toEqual([true, false]);
  });

  it('S16 makes links while many passwords are tried', async () => {
    const hasher = new PasswordHasher();
    const hash = await hasher.hash('secret');
    let ended = 0;
    const links = Array.from({ length: 20 }, (_, i) => `lnk_${i}`);
    const tries = links.map((link) => hasher.matches(link, hash, 'secret').finally(() => ended++));
    await hasher.hash('another');
    expect(ended).toBeLessThan(links.length);
    await Promise.all(tries);
  });

  it('gives the slot of a failed one to the next', async () => {
    const hasher = new PasswordHasher();
    const broken = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.matches('lnk_1', 'no hash', 'a')));
    expect(broken.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    const hash = await hasher.hash('a');
    expect(await hasher.matches('lnk_1', hash, 'a')).toBe(true);
  });
});
