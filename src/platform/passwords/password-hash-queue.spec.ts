import { parseOptions, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isOutdatedHash, PasswordHashQueue, unmatchableHash } from './password-hash-queue.js';

const LIMITS = { atOnce: 1, atOncePerKey: 1, waiting: 5, waitingPerKey: 5, maxWaitMs: 5_000, retryAfterSeconds: 2 };

describe('unmatchableHash', () => {
  it('costs as much as a genuine hash, and matches no password', async () => {
    const queue = new PasswordHashQueue(LIMITS, { own: 'own', all: 'all' });
    const none = unmatchableHash(randomBytes(48));
    expect(parseOptions(none)).toEqual(parseOptions(await queue.hash('', 'a')));
    expect(await isOutdatedHash(none)).toBe(false);
    expect(await verify(none, '')).toBe(false);
    expect(await queue.matches('', none, 'a')).toBe(false);
  });
});
