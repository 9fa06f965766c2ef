import { plainText } from '../../../platform/text/plain-text.js';

/** A name in lower case, with letters and digits only: `Click-ID`, `clickId` and `click_id` are one name. */
export function nameKey(name: string): string {
  return plainText(name)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** The same for a word for an event or a status, but a number keeps its sign: `-1` is not `1`. */
export function wordKey(word: string): string {
  const text = plainText(word).toLowerCase();
  return /^-?\d+$/.test(text) ? text : text.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}
