import { createHash } from 'node:crypto';

/** Values with their shares. The shares need not add up to one. */
export type Weighted<T> = readonly (readonly [value: T, weight: number])[];

const UINT32 = 2 ** 32;

/** Random numbers that are the same for the same seed, by the generator "mulberry32". Not for secrets. */
export class SeededRandom {
  private state: number;

  constructor(seed: string) {
    this.state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  }

  /** From 0 to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32;
  }

  /** From 0 to `limit`, without `limit`. */
  integer(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  isTrue(probability: number): boolean {
    return this.next() < probability;
  }

  between(from: number, to: number): number {
    return from + this.next() * (to - from);
  }

  /** The integer below or above, so that the mean of many is the value. */
  round(value: number): number {
    return Math.floor(value) + (this.isTrue(value - Math.floor(value)) ? 1 : 0);
  }

  pick<T>(values: Weighted<T>): T {
    const total = values.reduce((sum, [, weight]) => sum + weight, 0);
    let rest = this.next() * total;
    for (const [value, weight] of values) {
      rest -= weight;
      if (rest < 0) return value;
    }
    return (values.at(-1) as Weighted<T>[number])[0];
  }
}

/** A number below `limit` that a text decides, such as the random part of an id. */
export function numberOf(text: string, limit: number): number {
  return Number(createHash('sha256').update(text).digest().readBigUInt64LE(0) % BigInt(limit));
}
