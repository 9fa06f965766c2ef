const SETS = 2 ** 18;
/** Places that a key may have. With four, one in a thousand of 200,000 keys is pushed out, which is one in each group of clicks. */
const WAYS = 8;

/**
 * Remembers the latest two million or so of visitor keys in 16 MB. A key that was forgotten costs dearly: MongoDB refuses it,
 * and stores those that came with it one by one. One that was never there is taken for known once in 2^40 times: keys are random,
 * and 42 bits beside those that name the set are compared.
 */
export class RecentVisitors {
  private readonly high = new Uint32Array(SETS * WAYS);
  private readonly low = new Uint32Array(SETS * WAYS);

  has(key: string): boolean {
    const high = bits(key, 0);
    const low = bits(key, 5);
    const set = (low & (SETS - 1)) * WAYS;
    for (let way = set; way < set + WAYS; way++) {
      if (this.low[way] === low && this.high[way] === high) return true;
    }
    return false;
  }

  /** In a set that is full, one of the others has to go. */
  add(key: string): void {
    const high = bits(key, 0);
    const low = bits(key, 5);
    const set = (low & (SETS - 1)) * WAYS;
    let place = set + (high & (WAYS - 1));
    for (let way = set; way < set + WAYS; way++) {
      if (this.low[way] === low && this.high[way] === high) return;
      if (this.low[way] === 0) place = way;
    }
    this.low[place] = low;
    this.high[place] = high;
  }
}

const VALUES = new Uint8Array(128);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].forEach((char, value) => {
  VALUES[char.charCodeAt(0)] = value;
});

/** Five base64url characters as a number of 30 bits, with a bit beside that an empty slot does not have. */
function bits(key: string, from: number): number {
  let value = 1;
  for (let i = from; i < from + 5; i++) value = (value << 6) | (VALUES[key.charCodeAt(i)] as number);
  return value >>> 0;
}
