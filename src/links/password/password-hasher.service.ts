import type { Algorithm } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { FairQueue } from '../../platform/concurrency/fair-queue.js';

/** The first argon2id parameters that OWASP recommends. */
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/**
 * Limits of the two queues. A hash takes 19 MiB and a thread of libuv's pool, which file access needs too. With two
 * queues, visitors who try passwords do not delay people who create links.
 */
const HASHING = { atOnce: 1, atOncePerKey: 1, waiting: 20, waitingPerKey: 20, maxWaitMs: 10_000, retryAfterSeconds: 2 };
const CHECKING = { atOnce: 1, atOncePerKey: 1, waiting: 20, waitingPerKey: 6, maxWaitMs: 5_000, retryAfterSeconds: 2 };
const TOO_MANY_HASHED = 'Many links with passwords are being created.';
const TOO_MANY_CHECKED = 'Too many passwords are being checked.';

/** Loaded on first use: most servers have no link with a password. */
const library = () => import('@node-rs/argon2');

/** Hashes and checks passwords of links, one at a time, so that many tries do not fill the memory. */
@Injectable()
export class PasswordHasher {
  private readonly hashing = new FairQueue(HASHING, { own: TOO_MANY_HASHED, all: TOO_MANY_HASHED });
  private readonly checking = new FairQueue(CHECKING, { own: TOO_MANY_CHECKED, all: TOO_MANY_CHECKED });

  /** @returns the argon2id hash in PHC string format. @throws ProblemException when too many are waiting. */
  hash(password: string): Promise<string> {
    return this.hashing.run('', async () => (await library()).hash(normal(password), COST));
  }

  /** @param linkId limits the waiting checks of each link. @throws ProblemException when too many are waiting. */
  matches(linkId: string, passwordHash: string, password: string): Promise<boolean> {
    return this.checking.run(linkId, async () => (await library()).verify(passwordHash, normal(password)));
  }
}

/** Unicode NFC, so that the same letters of different keyboards are equal. */
function normal(password: string): string {
  return password.normalize('NFC');
}
