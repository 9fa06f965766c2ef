import { MAX_SLUG_LENGTH } from './slug.js';

/** Numbers that are tried. */
const MAX_NUMBER = 100;
/** A longer number at the end is part of the name, such as a year. */
const NUMBERED = /^(.+)-([1-9]\d?)$/s;
const WILDCARD_END = '/*';

/**
 * Slugs to suggest for one that is taken, best first: `summer-push-2`, `summer-push-3` and so on. A number at the end is
 * counted up; the `/*` of a wildcard stays at the end.
 */
export function slugSuggestions(slug: string): string[] {
  const end = slug.endsWith(WILDCARD_END) ? WILDCARD_END : '';
  const name = slug.slice(0, slug.length - end.length);
  const [, base = name, number = '1'] = NUMBERED.exec(name) ?? [];
  const first = Number(number) + 1;
  return Array.from({ length: MAX_NUMBER }, (_, i) => {
    const addition = `-${first + i}${end}`;
    return shortened(base, MAX_SLUG_LENGTH - addition.length) + addition;
  });
}

/** Does not cut within a surrogate pair. A slash or hyphen at the new end would make a slug that is not allowed or looks odd. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return text
    .slice(0, length)
    .replace(/[\ud800-\udbff]$/, '')
    .replace(/[/-]+$/, '');
}
