import { hasOddSlashes, hasTwoSchemes, repairUrl } from './repair-url.js';

/** Explains a bad character in a URL and how to write it. @param text with a bad character. */
export function characterAdvice(text: string): string {
  const trimmed = text.trim();
  if (trimmed !== text && !/[\s\p{Cc}]/u.test(trimmed)) {
    return `there is a space or line break before or after it: write ${trimmed}`;
  }
  const macro = /\{([\w:.-]{0,40}\s[\w\s:.-]{0,40})\}/.exec(text);
  if (macro !== null) return `a macro has no spaces: write ${macro[0].replaceAll(/\s/g, '')} instead of ${macro[0]}`;
  if (/^tel:/i.test(trimmed)) return `a number has no spaces: write ${trimmed.replaceAll(/\s/g, '')}`;
  if (/[\r\n]/.test(trimmed)) return 'there is a line break in it: remove it';
  if (trimmed.includes(' ')) return 'spaces must be percent-encoded: write %20 for a space';
  return 'spaces and control characters must be percent-encoded: write %20 for a space, %09 for a tab, %C2%A0 for a hard space';
}

/** Explains a wrong beginning of a URL, with a correction if one is known; `undefined` when the beginning is right. */
export function beginningAdvice(text: string): string | undefined {
  if (!hasOddSlashes(text) && !hasTwoSchemes(text)) return undefined;
  const why = hasTwoSchemes(text) ? 'it begins with a scheme twice' : 'http: and https: are followed by two slashes';
  const repaired = repairUrl(text);
  return `${why}${repaired === undefined ? '; write e.g. https://shop.example/page' : `; write ${repaired}`}`;
}

/** Suggests a replacement for a text that is not a URL. */
export function noUrlAdvice(text: string): string {
  const repaired = repairUrl(text);
  return `it is not a URL; write ${repaired ?? 'e.g. https://shop.example/page?id=1'}`;
}
