import { currencyMeaning, isIsoCurrency } from '../../../platform/money/currency-names.js';
import { ownCopy } from '../../../platform/text/own-copy.js';
import { nameKey } from './name-key.js';

/** The parsed name of a parameter or column. */
export interface ParamName {
  /** See `nameKey`. */
  key: string;
  /** Set if the name begins or ends with a currency, as `Payout (EUR)` and `amount_usd`: the key without it, and the currency. */
  withUnit?: { key: string; unit: string };
}

/** Whether a network's mapping can contain a name; see IsWordMap. */
export function isMappable(name: string): boolean {
  return name !== '' && name.length <= 100 && !name.startsWith('$') && !/[\p{Cc}\p{Cs}]/u.test(name);
}

const MAX_KNOWN = 5_000;
/** A longer name is in no mapping, and is not cached. */
const MAX_NAME = 100;
/** There are few names, and each request repeats them. */
const known = new Map<string, ParamName>();

/** Parses a name; the result is cached. */
export function paramName(name: string): ParamName {
  if (name.length > MAX_NAME) return { key: nameKey(name) };
  const found = known.get(name);
  if (found) return found;
  if (known.size >= MAX_KNOWN) known.clear();
  const own = ownCopy(name);
  const withUnit = splitUnit(own);
  const read = { key: nameKey(own), ...(withUnit && { withUnit }) };
  known.set(own, read);
  return read;
}

const LAST_WORD = /^(.*[^\s_,:;/|-])[\s_,:;/|-]+([^\s_,:;/|-]{1,10})$/su;
const FIRST_WORD = /^([^\s_,:;/|-]{1,10})[\s_,:;/|-]+(.+)$/su;
const LAST_SIGN = /^(.*[^\p{Sc}\s])\s*(\p{Sc})$/su;
/** Currency codes that are also common words: `amount_all` is not in Albanian lek. */
const COMMON_WORDS = new Set('ALL TOP CUP PEN MAD BAM SOS ANG'.split(' '));

/** `Amount (USD)` → `Amount`, `USD`. A single regular expression would backtrack for milliseconds on long runs of spaces. */
function inBracketsAtEnd(name: string): [before: string, inside: string] | undefined {
  const text = name.trimEnd();
  if (!/[)\]}]$/.test(text)) return undefined;
  const open = Math.max(...['(', '[', '{'].map((bracket) => text.lastIndexOf(bracket)));
  if (open < 1) return undefined;
  const inside = text.slice(open + 1, -1).trim();
  if (inside === '' || inside.length > 12 || /[()[\]{}]/.test(inside)) return undefined;
  const before = text.slice(0, open);
  const end = before.search(/[\s_]{1,100}$/);
  return [before.slice(0, end < 1 ? (end < 0 ? before.length : 1) : end), inside];
}

function splitUnit(name: string): ParamName['withUnit'] {
  const [inBrackets, unit] = inBracketsAtEnd(name) ?? [];
  if (inBrackets !== undefined && unit !== undefined && (isCurrency(unit) || /^[A-Z]{3,6}$/.test(unit))) {
    return { key: nameKey(inBrackets), unit };
  }
  const candidates = [
    LAST_SIGN.exec(name)?.slice(1),
    LAST_WORD.exec(name)?.slice(1),
    FIRST_WORD.exec(name)?.slice(1).toReversed(),
  ];
  for (const [others = '', word = ''] of candidates.filter((one) => one !== undefined)) {
    if (isCurrency(word) && !COMMON_WORDS.has(word.toUpperCase())) return { key: nameKey(others), unit: word };
  }
  return undefined;
}

function isCurrency(text: string): boolean {
  const meaning = currencyMeaning(text);
  if (meaning === undefined) return false;
  return (
    !/^[a-z]+$/i.test(text) ||
    (meaning.kind === 'exact' && meaning.translated === undefined && isIsoCurrency(meaning.code))
  );
}
