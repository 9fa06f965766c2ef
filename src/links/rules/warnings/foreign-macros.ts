import { isClickIdName, suggestMacro } from '../destination/macro-names.js';
import { decodeWithPositions } from './decoded-text.js';

/** Something in a URL that is a macro elsewhere, and here goes out as it stands. */
export interface ForeignMacro {
  /** As people read it, decoded. */
  text: string;
  /** Where it stands in the URL. */
  start: number;
  end: number;
  /** Ours for it, with its braces; `undefined` when the name says nothing. */
  macro: string | undefined;
  isClickId: boolean;
}

const NAME = '([A-Za-z][\\w .:-]{0,39}?)';

/** Marks that hardly stand for anything else. */
const CLEAR_MARKS = [
  `%%${NAME}%%`,
  `\\{\\{\\{?\\s?${NAME}\\s?\\}?\\}\\}`,
  `\\[\\[${NAME}\\]\\]`,
  `\\[[=%]\\s?${NAME}\\s?[=%]\\]`,
  `\\*\\|${NAME}\\|\\*`,
  `#{2,3}${NAME}#{2,3}`,
  `<[%?]=?\\s?\\$?${NAME}\\s?[%?]>`,
  `<!--\\s?${NAME}\\s?-->`,
  `\\$\\$${NAME}\\$\\$`,
  `<<${NAME}>>`,
  `__${NAME}__`,
  `@@${NAME}@@`,
  `~~${NAME}~~`,
  `!!${NAME}!!`,
  `\\|\\|${NAME}\\|\\|`,
  `\\(\\(${NAME}\\)\\)`,
  `[$%#@!]\\{\\s?${NAME}\\s?\\}`,
  `\\{[!%$@#]?\\s?${NAME}\\s?(?:[|][^{}]{0,40})?%?\\}`,
].map((source) => new RegExp(source, 'g'));

/** Marks that URLs have for other reasons too: only around a whole value, or a name that is used for nothing but click and sub ids. */
const COMMON_MARKS = [
  `\\[${NAME}\\]`,
  `<${NAME}>`,
  `\\(${NAME}\\)`,
  `#${NAME}#`,
  `\\$${NAME}\\$`,
  `%${NAME}%`,
  `@${NAME}@`,
  `~${NAME}~`,
  `!${NAME}!`,
  `\\|${NAME}\\|`,
  `\\*${NAME}\\*`,
  `\\^${NAME}\\^`,
  '`([A-Za-z]\\w{0,39})`',
  '\\$([A-Za-z]\\w{0,39})(?![\\w$])',
  '(?<=[=/]):([A-Za-z]\\w{0,39})(?![\\w:])',
  '(?<==)@([A-Za-z]\\w{0,39})(?![\\w@.])',
].map((source) => new RegExp(source, 'g'));

const MAX_FOUND = 20;

/** The macros in notations of others: `[click_id]`, `%%CLICKID%%`, `%7Bclick_id%7D`, `${click_id}`, in their order. */
export function foreignMacros(url: string): ForeignMacro[] {
  const { text, positions, wasEncoded } = decodeWithPositions(url);
  const found: { at: number; until: number; macro: ForeignMacro }[] = [];
  const look = (patterns: readonly RegExp[], isMeant: (match: RegExpExecArray, name: string) => boolean): void => {
    for (const match of patterns.flatMap((pattern) => [...text.matchAll(pattern)])) {
      const [whole, name = ''] = match;
      const [at, until] = [match.index, match.index + whole.length];
      const overlaps = found.some((other) => at < other.until && other.at < until);
      if (overlaps || found.length >= MAX_FOUND || !isMeant(match as RegExpExecArray, name)) continue;
      const ours = suggestMacro(name)?.macro;
      const place = { start: positions[at] ?? 0, end: positions[until] ?? url.length };
      found.push({ at, until, macro: { text: whole, ...place, macro: ours, isClickId: ours === '{click_id}' } });
    }
  };
  look(CLEAR_MARKS, (match, name) => isClear(match, name, text, wasEncoded));
  look(COMMON_MARKS, (match, name) => isMeantAsMacro(match, name, text));
  return found.toSorted((a, b) => a.at - b.at).map(({ macro }) => macro);
}

/** Braces that are not percent-encoded are ours, unless something stands before them that does not belong there. */
function isClear(match: RegExpExecArray, name: string, text: string, wasEncoded: readonly boolean[]): boolean {
  const [whole] = match;
  const brace = whole.indexOf('{');
  const isKnown = suggestMacro(name)?.isKnown === true;
  if (brace >= 0) {
    const isOurs = wasEncoded[match.index + brace] !== true;
    if (!isOurs) return isKnown; // people write %7B where they want a brace
    const mark = brace === 0 ? '' : whole[0];
    // `/@{sub1}` and `#{sub1}` are right; `=#{sub1}` would begin the fragment.
    return mark === '$' || mark === '%' || (mark === '#' && text[match.index - 1] === '=');
  }
  return isKnown || /^[A-Z][A-Z0-9_]*$/.test(name);
}

function isMeantAsMacro(match: RegExpExecArray, name: string, text: string): boolean {
  if (suggestMacro(name)?.isKnown !== true) return false;
  const before = text[match.index - 1] ?? '';
  const after = text[match.index + match[0].length] ?? '';
  // `utm[source]=x` is a parameter's name.
  if (match[0].startsWith('[') && /[\w\]]/.test(before) && /[=[]/.test(after)) return false;
  const isWhole = /[=/]/.test(before) && (after === '' || /[&/#?;]/.test(after));
  return isWhole || (isUnmistakable(name) && !/^[$:@]/.test(match[0]));
}

function isUnmistakable(name: string): boolean {
  return /click|sub|aff|trans/i.test(name) && (isClickIdName(name) || /\d$/.test(name));
}
