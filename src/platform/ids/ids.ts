import { customAlphabet } from 'nanoid';
import { BASE62, encodeBase62 } from './base62.js';

/** What each prefix names. A new kind of object gets its line here. */
export const ID_PREFIXES = [
  'lnk',
  'dom',
  'net',
  'cnv',
  'pbk',
  'key',
  'wsp',
  'usr',
  'rpl',
  'imp',
  'abr',
  'aud',
  'utm',
  'vrl',
] as const;
export type IdPrefix = (typeof ID_PREFIXES)[number];

const TIME_DIGITS = 7; // milliseconds since 1970 fit until the year 2081
const random13 = customAlphabet(BASE62, 13); // 77 bits

/**
 * A new id such as `lnk_0V4rQ2pK3mXa81Qd7ZsTb`: prefix, time in milliseconds, 77 random bits, all base62.
 * Ids made later sort later (to the millisecond), so that "newest first" and cursors need no other field.
 */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  return `${prefix}_${encodeBase62(now, TIME_DIGITS)}${random13()}`;
}

/** What every id sorts after or equals that was made at this time or later; before every such id. */
export function firstIdAt(prefix: IdPrefix, at: Date): string {
  const time = Math.min(Math.max(at.getTime(), 0), 62 ** TIME_DIGITS - 1);
  return `${prefix}_${encodeBase62(time, TIME_DIGITS)}`;
}

/** Whether the text has the shape of an id with this prefix. Saves a look-up for what can not exist. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return text.length === prefix.length + 21 && text.startsWith(`${prefix}_`) && /^[0-9A-Za-z]+$/.test(text.slice(-20));
}
