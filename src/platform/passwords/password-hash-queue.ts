import type { Algorithm } from '@node-rs/argon2';
import { FairQueue, type FairQueueLimits, type QueueRefusals } from '../concurrency/fair-queue.js';

/** The first argon2id parameters that OWASP recommends. */
const COST = { algorithm: 2 satisfies Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Loaded on first use: many servers check no passwords. */
const library = () => import('@node-rs/argon2');

/**
 * Hashes and checks passwords, a few at a time, so that many attempts do not fill the memory. A hash takes 19 MiB and a
 * thread of libuv's pool, which file access needs too. The pool has four threads: add up `atOnce` of all queues.
 */
export class PasswordHashQueue {
  private readonly queue: FairQueue;

  constructor(limits: FairQueueLimits, refusals: QueueRefusals) {
    this.queue = new FairQueue(limits, refusals);
  }

  /**
   * @param key limits the waiting work of each link, account or device.
   * @returns the argon2id hash in PHC string format.
   * @throws ProblemException when too many are waiting.
   */
  hash(key: string, password: string): Promise<string> {
    return this.queue.run(key, async () => (await library()).hash(normal(password), COST));
  }

  /** @throws ProblemException when too many are waiting. */
  matches(key: string, passwordHash: string, password: string): Promise<boolean> {
    return this.queue.run(key, async () => (await library()).verify(passwordHash, normal(password)));
  }
}

/** Whether a hash was made with other parameters than those of today. */
export async function isOutdatedHash(passwordHash: string): Promise<boolean> {
  const { algorithm, memoryCost, timeCost, parallelism } = (await library()).parseOptions(passwordHash);
  const made = { algorithm, memoryCost, timeCost, parallelism };
  return Object.entries(COST).some(([name, value]) => made[name as keyof typeof made] !== value);
}

/**
 * A hash that no password has, in PHC string format.
 * @param random 48 random bytes. Checking it takes as long as checking a genuine hash of today.
 */
export function unmatchableHash(random: Buffer): string {
  const [salt, hash] = [random.subarray(0, 16), random.subarray(16, 48)].map((part) =>
    part.toString('base64').replaceAll('=', ''),
  );
  return `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${salt}$${hash}`;
}

/** Unicode NFC, so that the same letters of different keyboards are equal. */
function normal(password: string): string {
  return password.normalize('NFC');
}
