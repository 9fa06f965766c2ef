import type { Algorithm } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { FairQueue } from '../../platform/concurrency/fair-queue.js';

/** OWASP's first choice for argon2id. */
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/**
 * Each takes 19 MiB and a thread of the pool that files are read and written with. Two apart: visitors who try passwords do not
 * hold up those who make links, and many at one link not those of another.
 */
const MAKING = { atOnce: 1, atOncePerKey: 1, waiting: 20, waitingPerKey: 20, maxWaitMs: 10_000, retryAfterSeconds: 2 };
const CHECKING = { atOnce: 1, atOncePerKey: 1, waiting: 20, waitingPerKey: 6, maxWaitMs: 5_000, retryAfterSeconds: 2 };
const MANY_MADE = 'Many links with passwords are being made.';
const MANY_CHECKED = 'Too many passwords are being checked.';

/** Loaded when the first link with a password needs it: most servers have none. */
const library = () => import('@node-rs/argon2');

/** Hashes passwords of links, one at a time: many tries neither fill the memory nor hold up the rest. */
@Injectable()
export class PasswordHasher {
  private readonly making = new FairQueue(MAKING, { own: MANY_MADE, all: MANY_MADE });
  private readonly checking = new FairQueue(CHECKING, { own: MANY_CHECKED, all: MANY_CHECKED });

  /** @returns argon2id in its usual text form. @throws ProblemException when too many are waiting. */
  hash(password: string): Promise<string> {
    return this.making.run('', async () => (await library()).hash(normal(password), COST));
  }

  /** @param linkId whose password it is. @throws ProblemException when too many are waiting. */
  matches(linkId: string, passwordHash: string, password: string): Promise<boolean> {
    return this.checking.run(linkId, async () => (await library()).verify(passwordHash, normal(password)));
  }
}

/** The same letters, however a keyboard puts them together. */
function normal(password: string): string {
  return password.normalize('NFC');
}
