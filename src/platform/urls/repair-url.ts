import { parseUrl } from './parse-url.js';

const HOST = /^(?:[\p{L}\p{N}_-]+\.)+[\p{L}\p{N}-]{2,63}(?::\d{1,5})?(?=[/?#]|$)/u;
const WRAPPING = /^[\s<>"'`“”‘’«»„([]+|[\s<>"'`“”‘’«»)\]]+$/gu;
const MAX_TEXT = 2_100;

/**
 * Corrects a mistyped beginning of a web address: `shop.example/x`, `http:/shop.example`, `htps://…`, `https//…`,
 * `https://https://…`, `"https://…"`. `undefined` when there is no such mistake, or the result would not be a URL.
 */
export function repairUrl(text: string): string | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const bare = text.replaceAll(WRAPPING, '').replaceAll(/\s/g, '%20');
  const repaired = withScheme(bare);
  if (repaired === undefined || repaired === text) return undefined;
  const url = parseUrl(repaired);
  return url !== undefined && url.username === '' && HOST.test(url.host) ? repaired : undefined;
}

/** Whether a text begins with two schemes: `https://https://shop.example`, `http://https//shop.example`. */
export function hasTwoSchemes(text: string): boolean {
  return /^https?:\/\/(?:www\.)?htt?ps?:?\/\//i.test(text);
}

/** `http:/x`, `https:x` and `https:///x`, which browsers accept and people misread. */
export function hasOddSlashes(text: string): boolean {
  return /^https?:(?!\/\/[^/\\])/i.test(text);
}

function withScheme(text: string): string | undefined {
  const one = text.replace(/^(?:https?[:;]?\/{1,3}(?:www\.(?=http))?)+(?=https?[:;]?\/{1,3})/i, '');
  if (one.startsWith('//')) return `https:${one}`;
  const begin = /^([a-z]{3,7})\s{0,2}([:;.]?[/\\]{1,4}[:;]?[/\\]{0,3}|[:;])(?=[^/\\])/i.exec(one);
  const word = begin?.[1]?.toLowerCase() ?? '';
  if (begin !== null && looksLikeHttp(word)) {
    const rest = one.slice(begin[0].length);
    return `${word.endsWith('s') ? 'https' : 'http'}://${rest}`;
  }
  return HOST.test(one) || /^(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?=[:/?#]|$)/i.test(one)
    ? `https://${one}`
    : undefined;
}

/** `http` and `https` with an extra, missing or moved letter. */
function looksLikeHttp(word: string): boolean {
  return /^h{0,2}t{0,3}h?p{0,2}t?s{0,2}$/.test(word) && /^h|^tt/.test(word) && word.includes('t') && word.includes('p');
}
