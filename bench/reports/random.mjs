// Random numbers that are the same in every run.

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const PAIRS = [...BASE62].flatMap((high) => [...BASE62].map((low) => high + low));
const TABLE_BITS = 20;

/** A generator (xorshift128) with a seed. One with less state repeats itself within the numbers that are needed here. */
export class Random {
  #state;

  /** @param {number} seed a whole number */
  constructor(seed) {
    // Neighbouring seeds must not give similar numbers, and the state must not be 0.
    this.#state = [1, 2, 3, 4].map((part) => Math.imul(seed + part, 0x9e3779b1) | 1);
    for (let i = 0; i < 32; i++) this.bits();
  }

  /** 32 random bits as a number from 0. */
  bits() {
    const state = this.#state;
    let mixed = state[3];
    const last = state[0];
    state[3] = state[2];
    state[2] = state[1];
    state[1] = last;
    mixed ^= mixed << 11;
    mixed ^= mixed >>> 8;
    state[0] = mixed ^ last ^ (last >>> 19);
    return state[0] >>> 0;
  }

  /** From 0, below 1. */
  fraction() {
    return this.bits() / 2 ** 32;
  }

  /** A whole number from 0, below `end`. */
  below(end) {
    return this.bits() % end;
  }

  isWithin(share) {
    return this.fraction() < share;
  }

  /** Base62 text. @param {number} length an even number */
  text(length) {
    let text = '';
    for (let left = length; left > 0; left -= 4) {
      const bits = this.bits();
      text += PAIRS[((bits >>> 16) * PAIRS.length) >>> 16];
      if (left > 2) text += PAIRS[((bits & 0xffff) * PAIRS.length) >>> 16];
    }
    return text;
  }
}

/** Chooses an index by its weight. A table makes this one look-up. */
export class WeightedChoice {
  #table = new Uint16Array(2 ** TABLE_BITS);

  /** @param {number[]} weights at most 65,536 */
  constructor(weights) {
    const sum = weights.reduce((all, weight) => all + weight, 0);
    let from = 0;
    let seen = 0;
    for (const [index, weight] of weights.entries()) {
      seen += weight;
      const to = Math.round((seen / sum) * this.#table.length);
      this.#table.fill(index, from, to);
      from = to;
    }
  }

  /** Few first ones are chosen often, many last ones rarely (Zipf's law). */
  static zipf(count) {
    return new WeightedChoice(Array.from({ length: count }, (_, i) => 1 / (i + 1)));
  }

  /** @param {Random} random */
  pick(random) {
    return this.#table[random.bits() >>> (32 - TABLE_BITS)];
  }
}
