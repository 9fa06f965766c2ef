const SLOTS = 2 ** 20;

/**
 * Remembers the latest million or so of visitor keys in 8 MB. A key that was forgotten only costs a question to the database.
 * One that was never there is taken for known once in 2^40 times: keys are random, and 40 bits beside those that name the place are compared.
 */
export class VisitorMemory {
  private readonly high = new Uint32Array(SLOTS);
  private readonly low = new Uint32Array(SLOTS);

  has(key: string): boolean {
    const low = bits(key, 5);
    const slot = low & (SLOTS - 1);
    return this.low[slot] === low && this.high[slot] === bits(key, 0);
  }

  /** Takes the place of another one, once in a while. */
  add(key: string): void {
    const low = bits(key, 5);
    const slot = low & (SLOTS - 1);
    this.low[slot] = low;
    this.high[slot] = bits(key, 0);
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
