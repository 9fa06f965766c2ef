import { isClickIdName, suggestMacro } from '../destination/macro-names.js';
import { decodeWithPositions } from './decoded-text.js';

/** A macro of another system in a URL, which Hopback does not fill. */
export interface ForeignMacro {
  /** The decoded text. */
  text: string;
  /** Its position in the URL. */
  start: number;
  end: number;
  /** Our macro for it, with its braces; `undefined` for an unknown name. */
  macro: string | undefined;
  isClickId: boolean;
}

const NAME = '([A-Za-z][\\w .:-]{0,39}?)';

/** Delimiters that are rarely used for anything else. */
const CLEAR_DELIMITERS = [
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

/** Delimiters that URLs also use otherwise. They count only around a whole value, or a name for click and sub ids. */
const COMMON_DELIMITERS = [
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

/** The macros in notations of other systems: `[click_id]`, `%%CLICKID%%`, `%7Bclick_id%7D`, `${click_id}`, in their order. */
export function foreignMacros(url: string): ForeignMacro[] {
  const { text, positions, wasEncoded } = decodeWithPositions(url);
  const found: { at: number; until: number; macro: ForeignMacro }[] = [];
  const search = (patterns: readonly RegExp[], isMeant: (match: RegExpExecArray, name: string) => boolean): void => {
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
  search(CLEAR_DELIMITERS, (match, name) => isClear(match, name, text, wasEncoded));
  search(COMMON_DELIMITERS, (match, name) => isMeantAsMacro(match, name, text));
  return found.toSorted((a, b) => a.at - b.at).map(({ macro }) => macro);
}

/** Braces that are not percent-encoded are our macros, unless a character of another notation precedes them. */
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
