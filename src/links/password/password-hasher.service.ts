import type { Algorithm } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problem.js';

/** OWASP's first choice for argon2id. */
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Each takes 19 MiB and a thread of the pool that files are read with. */
const MAX_AT_ONCE = 2;
const MAX_WAITING = 20;
const RETRY_AFTER_SECONDS = '2';

/** Loaded when the first link with a password needs it: most servers have none. */
const library = () => import('@node-rs/argon2');

/** Hashes passwords of links, a few at a time: who tries many neither fills the memory nor holds up the rest. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  /** @returns argon2id in its usual text form. @throws ProblemException when too many are waiting. */
  hash(password: string): Promise<string> {
    return this.inTurn(async () => (await library()).hash(normal(password), COST));
  }

  /** @throws ProblemException when too many are waiting. */
  matches(passwordHash: string, password: string): Promise<boolean> {
    return this.inTurn(async () => (await library()).verify(passwordHash, normal(password)));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running < MAX_AT_ONCE) this.running++;
    else await this.turn();
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  /** Whoever ends gives its place on. */
  private turn(): Promise<void> {
    if (this.waiting.length >= MAX_WAITING) {
      const headers = { 'retry-after': RETRY_AFTER_SECONDS };
      throw new ProblemException('unavailable', 'Too many passwords are being checked.', undefined, headers);
    }
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/** The same letters, however a keyboard puts them together. */
function normal(password: string): string {
  return password.normalize('NFC');
}
