import { isClickIdName } from '../destination/macro-names.js';
import type { UrlFinding } from './link-warning.js';

/** Invisible characters, which are often copied with a text. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|%E2%80%(?:8[B-F]|A[A-E])|%E2%81%A[0-4]|%EF%BB%BF/gi;

export function invisibleFindings(url: string): UrlFinding[] {
  const suggestion = url.replaceAll(INVISIBLE, '');
  if (suggestion === url) return [];
  const message = 'The URL has characters that cannot be seen, which are often copied along with text. Remove them.';
  return [{ code: 'invisible_character', message, suggestion }];
}

/** `/page&a=1` without a `?`, and `?a=1?b=2` with two: the part after it does not arrive as a parameter. */
export function queryFindings(url: string): UrlFinding[] {
  const [beforeFragment = ''] = url.split('#');
  const fragment = url.slice(beforeFragment.length);
  if (!/^https?:/i.test(url)) return [];
  const [path = '', ...queries] = beforeFragment.split('?');
  if (queries.length === 0) {
    if (!/&[\w.~-]{1,64}=/.test(path)) return [];
    const message =
      'The parameters of this URL begin with "&", so they are a part of its path. Write "?" before the first one.';
    return [{ code: 'malformed_query', message, suggestion: `${path.replace('&', '?')}${fragment}` }];
  }
  const [first = '', ...more] = queries;
  // A URL within a value has a query of its own.
  if (
    more.length === 0 ||
    first === '' ||
    /:\/\/|%3A%2F%2F|=\//i.test(first) ||
    !more.every((part) => /^[\w.~-]{1,64}=/.test(part))
  )
    return [];
  const message =
    'The URL has a second "?", so the parameter behind it is a part of the value before. Write "&" instead.';
  return [{ code: 'malformed_query', message, suggestion: `${path}?${queries.join('&')}${fragment}` }];
}

const PLACEHOLDER =
  /^(?:your|my|insert|enter|put|replace|paste|the)?[_-]?(?:your|the)?[_-]?([a-z_-]{3,20}?)(?:[_-]?(?:here|value|macro|goes[_-]here))?$/i;

/** Placeholders of manuals that were not replaced: `cid=YOUR_CLICK_ID`, `aff_sub=CLICK_ID_HERE`, `subid=click_id`. */
export function placeholderFindings(url: string): UrlFinding[] {
  const [, queryText = ''] = /\?([^#]*)/.exec(url) ?? [];
  for (const pair of queryText.split('&')) {
    const [name = '', value = ''] = pair.split('=');
    const word = PLACEHOLDER.exec(value)?.[1] ?? '';
    const isTelling = /click|subid|sub_id|transaction/i.test(word) && isClickIdName(word);
    const isPlaceholder = isTelling && (word !== value || value === value.toUpperCase() || isClickIdName(name));
    if (!isPlaceholder) continue;
    const message = `${name} is the text "${value.slice(0, 60)}", which is never filled in. Write {click_id}. Until then, conversions cannot be attributed to clicks.`;
    return [{ code: 'foreign_macro', message, suggestion: url.replace(pair, `${name}={click_id}`) }];
  }
  return [];
}

const MARKS = '(?:[\\["\'`<(|*~!@]|%22|%27|%3C|%5B|%60|%%)';
const ENDS = '(?:[\\]"\'`>)|*~!@]|%22|%27|%3E|%5D|%60|%%)';
const MARKED = new RegExp(`(?<==)${MARKS}{1,2}\\{click_id\\}${ENDS}{1,2}(?=&|#|$)`, 'i');

/** `cid="{click_id}"`: the quotes are sent with the click id. */
export function markedFindings(url: string): UrlFinding[] {
  const found = MARKED.exec(url)?.[0];
  if (found === undefined) return [];
  const message = `${found} sends the click id with the characters around it, and networks return it with them. Write {click_id} alone.`;
  return [{ code: 'marked_click_id', message, suggestion: url.replace(found, '{click_id}') }];
}
