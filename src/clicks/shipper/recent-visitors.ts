const SETS = 2 ** 18;
/** Slots of a set. With four slots, one in a thousand of 200,000 keys is evicted, which is one in each group of clicks. */
const SLOTS = 8;

/**
 * Remembers about two million recent visitor keys in 16 MB, in a set-associative table. A forgotten key is expensive: MongoDB
 * refuses its click and stores the rest of the group one by one. A new key is taken for a known one once in 2^40 times: keys
 * are random, and 42 bits are compared besides those that select the set.
 */
export class RecentVisitors {
  private readonly high = new Uint32Array(SETS * SLOTS);
  private readonly low = new Uint32Array(SETS * SLOTS);

  has(key: string): boolean {
    const high = bits(key, 0);
    const low = bits(key, 5);
    const set = (low & (SETS - 1)) * SLOTS;
    for (let index = set; index < set + SLOTS; index++) {
      if (this.low[index] === low && this.high[index] === high) return true;
    }
    return false;
  }

  /** Evicts another key when the set is full. */
  add(key: string): void {
    const high = bits(key, 0);
    const low = bits(key, 5);
    const set = (low & (SETS - 1)) * SLOTS;
    let slot = set + (high & (SLOTS - 1));
    for (let index = set; index < set + SLOTS; index++) {
      if (this.low[index] === low && this.high[index] === high) return;
      if (this.low[index] === 0) slot = index;
    }
    this.low[slot] = low;
    this.high[slot] = high;
  }
}

const VALUES = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].forEach((char, value) => {
  VALUES[char.charCodeAt(0)] = value;
});

/** Five base64url characters as a number of 30 bits, and one more bit so that it differs from an empty slot. */
function bits(key: string, from: number): number {
  let value = 1;
  for (let i = from; i < from + 5; i++) value = (value << 6) | (VALUES[key.charCodeAt(i)] as number);
  return value >>> 0;
}
