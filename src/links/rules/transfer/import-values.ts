import { isEmptyCell } from '../../../platform/text/no-value.js';
import { certainDateOrder, type DateOrder, readTime } from '../../../platform/time/read-time.js';
import { parseUrl } from '../../../platform/urls/parse-url.js';

/** A short address of a file: its slug, and the host where it names one. */
export interface ShortAddress {
  domain?: string | undefined;
  slug: string | undefined;
}

/** `https://bit.ly/3xYz`, `bit.ly/3xYz`, `/3xYz` or the slug alone. */
export function readShortAddress(text: string): ShortAddress | undefined {
  const hasScheme = /^https?:\/\//i.test(text);
  const hasHost = hasScheme || /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?::\d+)?(?:\/|$)/u.test(text);
  if (!hasHost) return { slug: asSlug(text) };
  const url = parseUrl(hasScheme ? text : `https://${text}`);
  return url && { domain: url.hostname, slug: asSlug(url.pathname) };
}

/** The slug in a column of slugs, which may have whole addresses or dots. */
export function readSlug(text: string): ShortAddress {
  const isAddress = /^https?:\/\//i.test(text) || /^[\w-]+(?:\.[\w-]+)+(?::\d+)?\/./.test(text);
  return (isAddress ? readShortAddress(text) : undefined) ?? { slug: asSlug(text) };
}

function asSlug(path: string): string | undefined {
  let slug = path;
  try {
    slug = decodeURIComponent(path);
  } catch {
    // Then it stays as it is.
  }
  let [from, to] = [0, slug.length];
  while (slug[from] === '/') from++;
  while (to > from && slug[to - 1] === '/') to--;
  return slug.slice(from, to) || undefined;
}

/** Spreadsheets show a long number, and `1E5`, so: what it was is not known any more. */
export function isMangledNumber(slug: string): boolean {
  return /^\d(?:[.,]\d+)?E\+\d{2,}$/i.test(slug);
}

const YES = /^(?:true|yes|y|on|t|1)$/i;
const NO = /^(?:false|no|n|off|f|0)$/i;

/** @returns the text itself for what is neither yes nor no. */
export function readFlag(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (YES.test(text)) return true;
  return NO.test(text) ? false : text;
}

/** Whether a cell says that there is something: a password, a time of deletion. */
export function isSaid(text: string | undefined): boolean {
  return text !== undefined && !NO.test(text) && !isEmptyCell(text) && !text.startsWith('0000-00-00');
}

/** @returns the text itself for what is no whole number. */
export function readNumber(text: string | undefined): unknown {
  return text === undefined ? undefined : /^\d+(?:\.0+)?$/.test(text) ? Number(text) : text;
}

const NO_TIME = /^(?:never|unlimited|no expiration|does not expire)$/i;
const DAY_CHARS = '2026-01-31'.length;

/**
 * A time as the API takes it. A date without a time stays one: what it means is for the rules of links.
 * @param order which of day and month comes first in this file.
 */
export function readLinkTime(text: string | undefined, order?: DateOrder): { time?: string; problem?: string } {
  if (text === undefined || NO_TIME.test(text)) return {};
  const reading = readTime(text, order);
  if (reading.kind === 'absent') return {};
  if (reading.kind === 'value') {
    const iso = reading.time.toISOString();
    return { time: reading.isDate ? iso.slice(0, DAY_CHARS) : iso };
  }
  const shown = `"${cutTo(60, text)}"`;
  if (reading.reason === 'not_a_time') return { problem: `${shown} is no time that is understood` };
  return { problem: `day and month in ${shown} can be either way round; write 2026-01-31` };
}

/** Which of day and month comes first in the dates of a file, as far as some of them leave no doubt. */
export function dateOrderOf(texts: readonly string[]): DateOrder | undefined {
  const orders = new Set(texts.flatMap((text) => certainDateOrder(text) ?? []));
  const [order] = orders;
  return orders.size === 1 ? order : undefined;
}

/** The meaning of a word about a link's state; `undefined` for unknown words. */
export function readState(text: string): 'live' | 'disabled' | 'archived' | 'deleted' | undefined {
  const word = text.toLowerCase();
  if (/^(?:active|enabled|live|published|ok|on|normal|valid|approved|true|1|200|30[12378])$/.test(word)) return 'live';
  if (/^(?:archived|hidden)$/.test(word)) return 'archived';
  if (/^(?:deleted|removed|trash(?:ed)?)$/.test(word)) return 'deleted';
  return /^(?:disabled|inactive|paused|banned|blocked|suspended|off|draft|false|0|expired)$/.test(word)
    ? 'disabled'
    : undefined;
}

/** The first so many characters, without half of one. */
export function cutTo(max: number, text: string): string {
  return text.length <= max ? text : text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
}
