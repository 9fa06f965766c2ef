import { suggestMacro } from './macro-names.js';

const MAX_SHOWN = 60;

/** @param whole with its braces, such as `{clickid}`. */
export function unknownMacroAdvice(whole: string): string {
  const inside = whole.slice(1, -1);
  const shown = short(whole);
  if (inside.trim() === '') return `${shown} has no name; if the URL itself has braces, write %7B for { and %7D for }`;
  const [, bare = inside] = /^[\s!%$@#]*([\w.:-]+?)[\s%]*(?:\|.*)?$/s.exec(inside) ?? [];
  if (/^sub_?(?:id)?_?\d+$/i.test(bare) && suggestMacro(bare)?.isKnown !== true) {
    return `there is no macro ${shown}; sub ids are {sub1} to {sub10}`;
  }
  const suggestion = suggestMacro(bare)?.macro;
  if (suggestion !== undefined) return `there is no macro ${shown}; write ${suggestion}`;
  // JSON, CSS and such
  if (/["':;,/]/.test(inside) && !inside.startsWith('raw:') && !inside.startsWith('query:')) {
    return `${shown} is not a macro; if the URL itself has braces, write %7B for { and %7D for }`;
  }
  return `there is no macro ${shown}`;
}

/** The error text for a `{` or `}` that belongs to no macro: the reason, and how to write it. */
export function strayBraceAdvice(text: string): string {
  const doubled = /\{\{\s?([\w:.-]{1,70})\s?\}\}/.exec(text);
  if (doubled !== null) {
    const macro = suggestMacro(doubled[1] ?? '')?.macro ?? `{${doubled[1]}}`;
    return `a macro has one pair of braces: write ${macro} instead of ${doubled[0]}`;
  }
  const nested = /\{[^{}]{0,40}\{/.exec(text);
  const why = nested === null ? 'a { without a }, or a } without a {' : 'a { inside another';
  return `${why}: write a macro as {click_id}; if the URL itself has braces, write %7B for { and %7D for }`;
}

function short(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`;
}
