import { decodeBase62 } from '../../../platform/ids/base62.js';

// The form of a click id, see clicks/rules/click-id.ts: the link's number (6), the time in milliseconds (7), and 18 more.
const TOKEN = /(?<![0-9A-Za-z])[0-9A-Za-z]{31}(?![0-9A-Za-z])/g;
const NUMBER_END = 6;
const TIME_END = 13;
/** More links than any installation has. The number in a random text of this length is nearly always higher. */
const MAX_LINKS = 62 ** 4;
const FIRST_CLICK_MS = Date.UTC(2024, 0, 1);
const AHEAD_MS = 2 * 86_400_000;

/** A text in a URL that has the form of a click id. Its signature is not checked. */
export function literalClickId(url: string, now: number): string | undefined {
  if (url.length < 31) return undefined;
  return [...url.matchAll(TOKEN)].map(([token]) => token).find((token) => looksLikeClickId(token, now));
}

function looksLikeClickId(token: string, now: number): boolean {
  const link = decodeBase62(token.slice(0, NUMBER_END)) ?? Number.POSITIVE_INFINITY;
  const time = decodeBase62(token.slice(NUMBER_END, TIME_END)) ?? 0;
  return link < MAX_LINKS && time >= FIRST_CLICK_MS && time <= now + AHEAD_MS;
}
