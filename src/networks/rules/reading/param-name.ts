import { currencyMeaning, isIsoCurrency } from '../../../platform/money/currency-names.js';
import { ownCopy } from '../../../platform/text/own-copy.js';
import { nameKey } from './name-key.js';

/** A parameter's or column's name, taken apart. */
export interface ParamName {
  /** See `nameKey`. */
  key: string;
  /** Where the name ends or begins with a currency, as `Payout (EUR)` and `amount_usd`: the rest of it, and that currency. */
  withUnit?: { key: string; unit: string };
}

/** Whether a network's mapping can hold a name; see IsWordMap. */
export function isMappable(name: string): boolean {
  return name !== '' && name.length <= 100 && !name.startsWith('$') && !/[\p{Cc}\p{Cs}]/u.test(name);
}

const MAX_KNOWN = 5_000;
/** A longer name is in no mapping, and is not kept. */
const MAX_NAME = 100;
/** Names are few and come again with each request. */
const known = new Map<string, ParamName>();

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
/** Codes that are words of everyday names: `amount_all` is not in Albanian lek. */
const EVERYDAY = new Set('ALL TOP CUP PEN MAD BAM SOS ANG'.split(' '));

/** `Amount (USD)` → `Amount`, `USD`. Not one expression: with three runs of spaces it took milliseconds for one name. */
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
  for (const [rest = '', word = ''] of candidates.filter((one) => one !== undefined)) {
    if (isCurrency(word) && !EVERYDAY.has(word.toUpperCase())) return { key: nameKey(rest), unit: word };
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
