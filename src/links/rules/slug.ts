import { customAlphabet } from 'nanoid';
import { withoutVariations } from '../../domains/rules/served-domain.js';
import { decodePercent } from '../../platform/urls/percent-text.js';

/** No 0/O, 1/l/I: a slug is read from paper and spoken aloud. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const MIN_LENGTH = 7;
export const MAX_SLUG_LENGTH = 190;
/** The longest key that a slug is stored and found by: small letters can be longer than capitals (`İ`). */
const MAX_SLUG_KEY_LENGTH = 2 * MAX_SLUG_LENGTH;
/** At most one in so many texts of a length is a slug: collisions stay rare, and guessing hopeless. */
const SPARSENESS = 1_000_000;

const letters = customAlphabet(ALPHABET);

/** @param links how many there are, or a few more. */
export function randomSlug(links: number, isCaseSensitive = true): string {
  return letters(slugLength(links, isCaseSensitive));
}

/** How long random slugs are among so many links: 7 up to 1.9 million, 8 up to 111 million; where case makes no difference sooner. */
export function slugLength(links: number, isCaseSensitive = true): number {
  const distinct = new Set(isCaseSensitive ? ALPHABET : ALPHABET.toLowerCase()).size;
  let length = MIN_LENGTH;
  while (distinct ** length < links * SPARSENESS) length++;
  return length;
}

/** All of Unicode's format characters but the two joiners, which Persian, Indian scripts and emoji are written with. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/u;

/** First path segments that are Hopback's own on every host, so that no link can hide them; `_…` is, too. */
const RESERVED: ReadonlySet<string> = new Set([
  'api',
  'postback',
  'pixel',
  'health',
  'metrics',
  'internal',
  'dashboard',
  'hopback.js',
  'robots.txt',
  'favicon.ico',
  '.well-known',
]);

/** First segments that no link gets: people take them for the site's own, crawlers ask for them, or a later version needs them. */
const KEPT_FREE: ReadonlySet<string> = new Set([
  'admin',
  'ads.txt',
  'app-ads.txt',
  'apple-app-site-association',
  'assets',
  'app',
  'docs',
  'home',
  'humans.txt',
  'login',
  'logout',
  'oauth',
  'qr',
  'report',
  'security.txt',
  'settings',
  'setup',
  'signin',
  'signup',
  'sitemap.xml',
  'static',
]);

/** @param path decoded, without its leading slash. One slash too many before it makes no other path of it. */
export function isReservedPath(path: string): boolean {
  const begin = path.startsWith('/') ? path.replace(/^\/+/, '') : path;
  const slash = begin.indexOf('/');
  return begin.startsWith('_') || RESERVED.has((slash < 0 ? begin : begin.slice(0, slash)).toLowerCase());
}

/**
 * The slug of a request path, `undefined` for one that is none of ours to answer (the root, a reserved path).
 * @param path as sent: `/summer%20sale/`, without the query.
 */
export function slugOfPath(path: string): string | undefined {
  const decoded = decodePercent(path.slice(1));
  const slug = decoded.endsWith('/') ? decoded.slice(0, -1) : decoded;
  return slug === '' || isReservedPath(slug) ? undefined : slug.normalize('NFC');
}

/** Whether a link can be stored under this key at all: it is asked about each address before MongoDB is. */
export function mayBeSlugKey(key: string): boolean {
  return key.length <= MAX_SLUG_KEY_LENGTH && !LONE_SURROGATE.test(key);
}

/** No stored text has one; bytes of a path that are not UTF-8 become such. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Why this text can not be a slug, or `undefined` when it can. Letters of any script, digits and punctuation are allowed,
 * `/` between non-empty segments as well; what a URL gives a meaning to is not.
 */
export function slugProblem(text: string): string | undefined {
  const slug = withoutVariations(text.normalize('NFC'));
  if (slug === '') return 'a slug has at least one character';
  if (text.normalize('NFC').length > MAX_SLUG_LENGTH) return `a slug has at most ${MAX_SLUG_LENGTH} characters`;
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\s\u0000-\u001f\u007f?#%\\{}]|\p{Surrogate}/u.test(slug))
    return 'a slug may not hold spaces, control characters or any of ? # % \\ { }';
  if (INVISIBLE.test(slug))
    return 'a slug may not hold characters that nobody sees, or that turn the direction of others';
  const segments = slug.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'a slug may not begin or end with / and its segments may not be empty, . or ..';
  }
  if (/\*(?!$)|[^/]\*$|^\*/.test(slug)) return 'a * may stand at the end only, as the last segment: go/*';
  const first = segments[0]?.toLowerCase() ?? '';
  if (isReservedPath(slug) || KEPT_FREE.has(first)) return `"${segments[0]}" is reserved for Hopback itself`;
  if (slug.endsWith('+')) return 'a slug may not end with +, which shows the preview of a link';
  return undefined;
}
