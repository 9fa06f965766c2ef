import { customAlphabet } from 'nanoid';
import { withoutVariations } from '../../domains/rules/served-domain.js';
import { decodePercent } from '../../platform/urls/percent-text.js';

/** Without 0/O and 1/l/I: slugs are read from paper and spoken aloud. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const MIN_LENGTH = 7;
export const MAX_SLUG_LENGTH = 190;
/** Maximum length of a slug key: lower case can be longer than upper case (`İ`). */
const MAX_SLUG_KEY_LENGTH = 2 * MAX_SLUG_LENGTH;
/** At most one of this many texts is a slug, so that collisions are rare and guessing does not pay. */
const SPARSENESS = 1_000_000;

const letters = customAlphabet(ALPHABET);

/** A new random slug. @param links the number of links, or a few more. */
export function randomSlug(links: number, isCaseSensitive = true): string {
  return letters(slugLength(links, isCaseSensitive));
}

/** Length of random slugs: 7 up to 1.9 million links, 8 up to 111 million; longer earlier when case does not matter. */
export function slugLength(links: number, isCaseSensitive = true): number {
  const distinct = new Set(isCaseSensitive ? ALPHABET : ALPHABET.toLowerCase()).size;
  let length = MIN_LENGTH;
  while (distinct ** length < links * SPARSENESS) length++;
  return length;
}

/** Unicode's format characters except the two joiners, which Persian, Indian scripts and emoji need. */
const INVISIBLE = /(?![\u200c\u200d])\p{Cf}/u;

/** First path segments that Hopback serves itself on every host. Segments that begin with `_` are reserved, too. */
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

/** First segments that are refused: people expect pages of the site, crawlers request them, or later versions need them. */
const NOT_ALLOWED: ReadonlySet<string> = new Set([
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

/** True for a path that Hopback serves itself. @param path decoded, without its leading slash; further slashes are ignored. */
export function isReservedPath(path: string): boolean {
  const begin = path.startsWith('/') ? path.replace(/^\/+/, '') : path;
  const slash = begin.indexOf('/');
  return begin.startsWith('_') || RESERVED.has((slash < 0 ? begin : begin.slice(0, slash)).toLowerCase());
}

/**
 * The slug of a request path; `undefined` for the root and reserved paths.
 * @param path as sent: `/summer%20sale/`, without the query.
 */
export function slugOfPath(path: string): string | undefined {
  const decoded = decodePercent(path.slice(1));
  const slug = decoded.endsWith('/') ? decoded.slice(0, -1) : decoded;
  return slug === '' || isReservedPath(slug) ? undefined : slug.normalize('NFC');
}

/** True when a link may be stored under this key. Checked before MongoDB is queried. */
export function mayBeSlugKey(key: string): boolean {
  return key.length <= MAX_SLUG_KEY_LENGTH && !LONE_SURROGATE.test(key);
}

/** Bytes of a path that are not UTF-8 become lone surrogates. Stored texts have none. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The reason why a text cannot be a slug, or `undefined`. Letters of any script, digits, punctuation and `/` between
 * segments are allowed; characters with a meaning in URLs are not.
 */
export function slugProblem(text: string): string | undefined {
  const slug = withoutVariations(text.normalize('NFC'));
  if (slug === '') return 'a slug has at least one character';
  if (text.normalize('NFC').length > MAX_SLUG_LENGTH) return `a slug has at most ${MAX_SLUG_LENGTH} characters`;
  // oxlint-disable-next-line no-control-regex -- control characters are refused here
  if (/[\s\u0000-\u001f\u007f?#%\\{}]|\p{Surrogate}/u.test(slug))
    return 'a slug may not hold spaces, control characters or any of ? # % \\ { }';
  if (INVISIBLE.test(slug))
    return 'a slug may not hold invisible characters, or characters that change the direction of text';
  const segments = slug.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'a slug may not begin or end with / and its segments may not be empty, . or ..';
  }
  if (/\*(?!$)|[^/]\*$|^\*/.test(slug)) return 'a * may stand at the end only, as the last segment: go/*';
  const first = segments[0]?.toLowerCase() ?? '';
  if (isReservedPath(slug) || NOT_ALLOWED.has(first)) return `"${segments[0]}" is reserved for Hopback itself`;
  if (slug.endsWith('+')) return 'a slug may not end with +, which shows the preview of a link';
  return undefined;
}
