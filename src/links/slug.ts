import { customAlphabet } from 'nanoid';

/** No 0/O, 1/l/I: a slug is read from paper and spoken aloud. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 7;

export const randomSlug = customAlphabet(ALPHABET, LENGTH);

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

/** @param path decoded, without its leading slash. */
export function isReservedPath(path: string): boolean {
  const slash = path.indexOf('/');
  return path.startsWith('_') || RESERVED.has((slash < 0 ? path : path.slice(0, slash)).toLowerCase());
}

/**
 * The slug of a request path, `undefined` for one that is none of ours to answer (the root, a reserved path).
 * @param path as sent: `/summer%20sale/`, without the query.
 */
export function slugOfPath(path: string): string | undefined {
  let decoded = path.slice(1);
  if (decoded.includes('%')) {
    try {
      decoded = decodeURIComponent(decoded);
    } catch {
      // Broken encoding names no slug, but it is a short-link request all the same: it will not be found.
    }
  }
  if (decoded.endsWith('/')) decoded = decoded.slice(0, -1);
  return decoded === '' || isReservedPath(decoded) ? undefined : decoded.normalize('NFC');
}

/**
 * Why this text can not be a slug, or `undefined` when it can. Letters of any script, digits and punctuation are allowed,
 * `/` between non-empty segments as well; what a URL gives a meaning to is not.
 */
export function slugProblem(text: string): string | undefined {
  const slug = text.normalize('NFC');
  if (slug === '') return 'a slug has at least one character';
  if (slug.length > 190) return 'a slug has at most 190 characters';
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  if (/[\s\u0000-\u001f\u007f?#%\\{}]|\p{Surrogate}/u.test(slug))
    return 'a slug may not hold spaces, control characters or any of ? # % \\ { }';
  const segments = slug.split('/');
  if (segments.some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return 'a slug may not begin or end with / and its segments may not be empty, . or ..';
  }
  if (/\*(?!$)|[^/]\*$|^\*/.test(slug)) return 'a * may stand at the end only, as the last segment: go/*';
  if (isReservedPath(slug)) return `"${segments[0]}" is reserved for Hopback itself`;
  return undefined;
}
