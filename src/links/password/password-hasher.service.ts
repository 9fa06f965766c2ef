import { Injectable } from '@nestjs/common';
import { PasswordHashQueue } from '../../platform/passwords/password-hash-queue.js';

/** Limits of the two queues. With two, visitors who try passwords do not delay people who create links. */
const HASHING = { atOnce: 1, atOncePerKey: 1, waiting: 20, waitingPerKey: 20, maxWaitMs: 10_000, retryAfterSeconds: 2 };
const CHECKING = { atOnce: 1, atOncePerKey: 1, waiting: 20, waitingPerKey: 6, maxWaitMs: 5_000, retryAfterSeconds: 2 };
const TOO_MANY_HASHED = 'Many links with passwords are being created.';
const TOO_MANY_CHECKED = 'Too many passwords are being checked.';

/** Hashes and checks passwords of links, one at a time. */
@Injectable()
export class PasswordHasher {
  private readonly hashing = new PasswordHashQueue(HASHING, { own: TOO_MANY_HASHED, all: TOO_MANY_HASHED });
  private readonly checking = new PasswordHashQueue(CHECKING, { own: TOO_MANY_CHECKED, all: TOO_MANY_CHECKED });

  /** @returns the argon2id hash in PHC string format. @throws ProblemException when too many are waiting. */
  hash(password: string): Promise<string> {
    return this.hashing.hash('', password);
  }

  /** @param linkId limits the waiting checks of each link. @throws ProblemException when too many are waiting. */
  matches(linkId: string, passwordHash: string, password: string): Promise<boolean> {
    return this.checking.matches(linkId, passwordHash, password);
  }
}
