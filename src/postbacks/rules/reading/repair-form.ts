import type { Notice } from '../../../platform/vocabulary/notice.js';
import { repairQueryEntities } from './repair-entities.js';
import { decodedLetter } from './network-target.js';

/** A corrected query or form, with a notice about each correction. */
export interface RepairedForm {
  text: string;
  notices: Notice[];
}

/** Most forms match this and need no correction. */
const CLEAN = /^(?![&/])[^;?#\n%<\x80-\uffff]*$/;
/** Every form that needs a correction matches this. */
const ODD = /[;?#\n]|^[&/]|amp%3B|(?:%3C|<)v=|(?:^|&)[^=&]*%3D|=[^&=]*=|(?:^|&)(?:%|[^\0-\x7f])/i;
const NAME = '[A-Za-z_][\\w.[\\]-]{0,99}';
const PAIR = new RegExp(`^${NAME}=[^=]*$`);
const ALL_ENCODED = new RegExp(`^${NAME}%3D`, 'i');
/** Characters before the first name: `??a=1`, `?&a=1`, `?/?a=1`. */
const BEGINNING = /^(?:[?&/]|%3F|%26|%2F)+/i;
/** A URL as a value may contain a question mark or an ampersand followed by a name. */
const IS_URL = /\/|%2F/i;
const INNER_PAIR = new RegExp(`(?:#?\\?|%26)(?=${NAME}=)`, 'gi');
/** Common parameter names. A `;` before one of them separates parameters, even if `&` is used elsewhere. */
const USUAL_NAME =
  /;(?=(?:click_?id|event|goal|status|payout|amount|revenue|currency|tx_?id|transaction_?id|player_?id|time|timestamp|sub_?id|sub\d{1,2})=)/gi;
/** A fragment of a page: `#top`. */
const FRAGMENT = /^#(?:[A-Za-z_][A-Za-z_=-]*)?$/;
const IDENTITY = /^(?!click).*(?:id|tx|tran|order|invoice|ref|payment)/i;

/**
 * Corrects the separators of a query or form. Only text that cannot be meant literally is changed; a correct form is not.
 */
export function repairForm(sent: string): RepairedForm {
  if (CLEAN.test(sent) || !ODD.test(sent)) return { text: sent, notices: [] };
  const notices: Notice[] = [];
  let text = sent.trim().replace(BEGINNING, '');
  if (!text.includes('=') && ALL_ENCODED.test(text)) {
    text = text.replaceAll(/%(?:2[1-9A-F]|3[0-9A-F]|[46][1-9A-F]|40|5[0-9A-F]|60|7[0-9A-E])/gi, decodedLetter);
    notices.push({
      code: 'mended_separator',
      text: 'All of the parameters were percent-encoded, "=" and "&" too; they were decoded once more.',
    });
  }
  const { text: whole, repaired } = repairQueryEntities(text);
  text = whole;
  for (const { found, meant } of repaired) {
    notices.push({
      code: 'mended_entity',
      text: `"${found}" was sent instead of "${meant}", as happens when a URL is copied from a web page; it was read as "${meant}". Correct the URL.`,
    });
  }
  text = withoutFragment(text, notices);
  text = withOtherSeparators(text, notices);
  return { text, notices };
}

function withOtherSeparators(text: string, notices: Notice[]): string {
  for (const separator of [';', '\n']) {
    const pieces = text.includes('&') ? [] : text.split(separator).map((piece) => piece.trim());
    const filled = pieces.filter((piece) => piece !== '');
    if (filled.length > 1 && filled.every((piece) => PAIR.test(piece))) {
      if (separator === ';') notices.push(separated(';'));
      return filled.join('&');
    }
  }
  return text
    .split('&')
    .flatMap((piece) => split(piece, notices))
    .join('&');
}

/** Splits a piece where another character than `&` separates two pairs. */
function split(piece: string, notices: Notice[]): string[] {
  const equals = piece.indexOf('=');
  if (equals < 0) return [withEquals(piece, notices)];
  const separators = [...piece.matchAll(INNER_PAIR), ...piece.matchAll(USUAL_NAME)].filter(
    ({ index }) => index > equals,
  );
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: separator, index } of separators.toSorted((a, b) => a.index - b.index)) {
    const before = piece.slice(from, index);
    if (IS_URL.test(before.slice(before.indexOf('=') + 1))) break;
    pieces.push(before);
    from = index + separator.length;
    notices.push(separated(separator));
  }
  const last = piece.slice(from);
  const isEmptyQuery = last.endsWith('?') && !IS_URL.test(last.slice(last.indexOf('=') + 1));
  return [...pieces, isEmptyQuery ? last.slice(0, -1) : last];
}

/** Reads `currency%3DEUR` as `currency=EUR`: no parameter name contains `=`. */
function withEquals(piece: string, notices: Notice[]): string {
  if (!ALL_ENCODED.test(piece)) return piece;
  notices.push({
    code: 'mended_separator',
    text: 'A parameter has "%3D" instead of "="; it was read as "=". Correct the URL.',
  });
  return piece.replace(/%3D/i, '=');
}

/** Removes the fragment of a URL. After a transaction id, `#` may be a part of the id and is kept. */
function withoutFragment(text: string, notices: Notice[]): string {
  const at = text.indexOf('#');
  const fragment = text.slice(at);
  if (at < 0 || !FRAGMENT.test(fragment)) return text;
  const last = text.slice(text.lastIndexOf('&', at) + 1, at);
  if (IDENTITY.test(last.slice(0, Math.max(last.indexOf('='), 0)))) return text;
  if (fragment.length > 1) {
    const dropped = `The URL ends with the fragment "${fragment}", which was ignored.`;
    notices.push({ code: 'fragment_dropped', text: dropped });
  }
  return text.slice(0, at);
}

function separated(found: string): Notice {
  return {
    code: 'mended_separator',
    text: `The parameters are separated by "${found}" instead of "&"; it was read as "&". Correct the URL.`,
  };
}
