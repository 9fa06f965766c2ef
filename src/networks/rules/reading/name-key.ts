import { plainText } from '../../../platform/text/plain-text.js';

/** A name without case and without what is no letter or digit: `Click-ID`, `clickId` and `click_id` are one name. */
export function nameKey(name: string): string {
  return plainText(name)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** A word for an event or a status likewise; but a number keeps its sign: `-1` is not `1`. */
export function wordKey(word: string): string {
  const plain = plainText(word).toLowerCase();
  return /^-?\d+$/.test(plain) ? plain : plain.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
