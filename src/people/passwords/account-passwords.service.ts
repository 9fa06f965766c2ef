import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { isOutdatedHash, PasswordHashQueue, unmatchableHash } from '../../platform/passwords/password-hash-queue.js';

const CHECKING_UNKNOWN = {
  atOnce: 1,
  atOncePerKey: 1,
  waiting: 40,
  waitingPerKey: 6,
  maxWaitMs: 5_000,
  retryAfterSeconds: 2,
};
const CHECKING_KNOWN = {
  atOnce: 1,
  atOncePerKey: 1,
  waiting: 200,
  waitingPerKey: 8,
  maxWaitMs: 10_000,
  retryAfterSeconds: 2,
};
const TOO_MANY = 'Too many passwords are being checked.';
const TOO_MANY_OF_DEVICE = 'This device has sent too many passwords at once.';
/** The key of new passwords in the queue of known devices. People who set one have a session or a secret link. */
const NEW_PASSWORDS = 'new';

/** The queue that a check waits in. */
export interface PasswordLane {
  /** Known: the device once signed in to this account. See `DeviceCookies`. */
  device: 'known' | 'unknown';
  /** Limits the waiting checks of each account and device (known), or of each address block (unknown). */
  key: string;
}

/**
 * Hashes and checks passwords of people. Known devices wait in a queue of their own, so that no number of guesses from other
 * devices delays or refuses them.
 */
@Injectable()
export class AccountPasswords {
  private readonly known = new PasswordHashQueue(CHECKING_KNOWN, { own: TOO_MANY_OF_DEVICE, all: TOO_MANY });
  private readonly unknown = new PasswordHashQueue(CHECKING_UNKNOWN, { own: TOO_MANY, all: TOO_MANY });
  private readonly noHash = unmatchableHash(randomBytes(48));

  /** @returns the argon2id hash in PHC string format. @throws ProblemException when too many are waiting. */
  hash(password: string): Promise<string> {
    return this.known.hash(NEW_PASSWORDS, password);
  }

  /**
   * @param passwordHash `undefined` for an unknown account or one without a password: the check takes as long, and fails.
   * @throws ProblemException when too many are waiting.
   */
  async verify(passwordHash: string | undefined, password: string, { device, key }: PasswordLane): Promise<boolean> {
    const isRight = await this[device].matches(`${device}:${key}`, passwordHash ?? this.noHash, password);
    return isRight && passwordHash !== undefined;
  }

  /** Whether the password should be hashed again at this sign-in, because the parameters have changed since. */
  needsRehash(passwordHash: string): Promise<boolean> {
    return isOutdatedHash(passwordHash);
  }
}
