import { decodeBase62 } from '../../../platform/ids/base62.js';

// What a click id looks like, which clicks/click-id.ts makes: the link's number (6), the time in milliseconds (7), and 18 more.
const TOKEN = /(?<![0-9A-Za-z])[0-9A-Za-z]{31}(?![0-9A-Za-z])/g;
const NUMBER_END = 6;
const TIME_END = 13;
/** No installation has made more links yet; a random text of that length is nearly always beyond it. */
const MAX_LINKS = 62 ** 4;
const FIRST_CLICK_MS = Date.UTC(2024, 0, 1);
const AHEAD_MS = 2 * 86_400_000;

/** A text in a URL that looks like a click id of ours; whether it is genuine only its key could tell. */
export function literalClickId(url: string, now: number): string | undefined {
  if (url.length < 31) return undefined;
  return [...url.matchAll(TOKEN)].map(([token]) => token).find((token) => looksLikeClickId(token, now));
}

function looksLikeClickId(token: string, now: number): boolean {
  const link = decodeBase62(token.slice(0, NUMBER_END)) ?? Number.POSITIVE_INFINITY;
  const time = decodeBase62(token.slice(NUMBER_END, TIME_END)) ?? 0;
  return link < MAX_LINKS && time >= FIRST_CLICK_MS && time <= now + AHEAD_MS;
}
