import { ENTITY_NAMES } from '../text/html-entities.js';

const nameOf = new Map(
  Object.entries(ENTITY_NAMES).flatMap(([character, name]) => [
    [character, name],
    [encodeURIComponent(character), name],
  ]),
);
const BROKEN = new RegExp(`(${[...nameOf.keys()].join('|')})(?=[a-z_]?[\\w.-]{0,40}=)`, 'gi');
const AMPERSAND = /&(?:amp(?:;|%3B))+|&#0{0,4}38;|&#x0{0,4}26;/gi;

/** Entities of other characters than `&`, and how a URL encodes them. */
const OTHER_CHARACTERS: Readonly<Record<string, string>> = {
  quot: '%22',
  '#34': '%22',
  '#034': '%22',
  apos: "'",
  '#39': "'",
  '#039': "'",
  lt: '%3C',
  gt: '%3E',
  nbsp: '',
};
const OTHERS = /&(quot|apos|lt|gt|nbsp|#0?3[49]);/gi;

/** A fast check: most URLs cannot contain broken entities. */
function mayBeBroken(url: string): boolean {
  return /&(?:amp(?:;|%3b)|#|[a-z]{2,4};)|[\u0080-\uffff]|%[c-f][0-9a-f]%/i.test(url);
}

/**
 * The URL as it was before a web page changed its ampersands: `&amp;` was `&`, and `¤cy=` was `&currency=`. A URL that
 * is not broken is not changed. Only possible beginnings of a parameter count: the `®` of `?q=Brand®` stays.
 */
export function repairUrlEntities(url: string): string {
  if (!mayBeBroken(url)) return url;
  const plain = url
    .replaceAll(AMPERSAND, '&')
    .replaceAll(OTHERS, (_, name: string) => OTHER_CHARACTERS[name.toLowerCase()] ?? '');
  const questionMark = plain.indexOf('?');
  if (questionMark < 0) return plain;
  const query = plain.slice(questionMark + 1);
  const repaired = query.replaceAll(BROKEN, (found: string, _: string, at: number) => {
    const begins = at === 0 || /[?&]$/.test(query.slice(0, at));
    return `${begins ? '' : '&'}${nameOf.get(found) ?? nameOf.get(found.toUpperCase()) ?? ''}`;
  });
  return plain.slice(0, questionMark + 1) + repaired;
}
