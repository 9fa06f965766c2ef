/** Digits in ASCII order, so that fixed-width numbers sort as text the way they sort as numbers. */
export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Two digits at a time need half the divisions and half the temporary strings. */
const PAIRS = [...BASE62].flatMap((high) => [...BASE62].map((low) => high + low));
const VALUE_OF = new Map([...BASE62].map((digit, value) => [digit, value]));

/**
 * A non-negative integer as base62 text of exactly `width` characters.
 * @throws RangeError when it does not fit, is negative or is not a safe integer.
 */
export function encodeBase62(value: number, width: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`not a non-negative safe integer: ${value}`);
  let rest = value;
  let text = '';
  for (let left = width; left > 1; left -= 2) {
    text = (PAIRS[rest % 3844] as string) + text;
    rest = Math.floor(rest / 3844);
  }
  if (width % 2 === 1) {
    text = BASE62.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  if (rest > 0) throw new RangeError(`${value} does not fit into ${width} base62 digits`);
  return text;
}

/** The number behind base62 text, or `undefined` when a character is not a base62 digit or the number is unsafe. */
export function decodeBase62(text: string): number | undefined {
  let value = 0;
  for (const char of text) {
    const digit = VALUE_OF.get(char);
    if (digit === undefined) return undefined;
    value = value * 62 + digit;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}
