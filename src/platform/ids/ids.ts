import { customAlphabet } from 'nanoid';
import { BASE62, decodeBase62, encodeBase62 } from './base62.js';

/** The prefixes of all ids. Each kind of object has its own. */
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
  'fml',
  'cst',
  'ses',
  'mem',
  'inv',
  'eml',
  'mch',
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

/** The lower bound of ids that are made at this time or later: it sorts before all of them. */
export function firstIdAt(prefix: IdPrefix, at: Date): string {
  const time = Math.min(Math.max(at.getTime(), 0), 62 ** TIME_DIGITS - 1);
  return `${prefix}_${encodeBase62(time, TIME_DIGITS)}`;
}

/** Whether the text has the shape of an id with this prefix. Saves a look-up of ids that cannot exist. */
export function isId(prefix: IdPrefix, text: string): boolean {
  return text.length === prefix.length + 21 && text.startsWith(`${prefix}_`) && /^[0-9A-Za-z]+$/.test(text.slice(-20));
}

/** The time at which an id was made; `undefined` for other texts. */
export function timeOfId(id: string): Date | undefined {
  const parts = /^[a-z]{3}_([0-9A-Za-z]{7})[0-9A-Za-z]{13}$/.exec(id);
  const time = decodeBase62(parts?.[1] ?? '-');
  return time === undefined ? undefined : new Date(time);
}
