import { isNoValue } from '../text/no-value.js';
import type { Notice } from '../vocabulary/notice.js';
import { readDigits, takeApart } from './amount-text.js';
import { type CurrencyMeaning, currencyMeaning, isIsoCurrency, isUsedWithoutMinorUnits } from './currency-names.js';

// Money: exact amounts, currencies and rates; never floats. Start here: this file reads an amount as people write it,
// with amount-text.ts for the digits and currency-names.ts for the currency. convert-money.ts applies exchange rates.

/** The texts that name an amount and its currency. */
export interface MoneySource {
  amount: string;
  /** From a separate field. */
  currency?: string | undefined;
  /** From the name of the amount's field or column: `Payout (EUR)`. */
  unit?: string | undefined;
  /** The amount is a JSON number: its dot is a decimal mark. */
  isNumber?: boolean | undefined;
}

export interface MoneyContext {
  /** The network's currency, for amounts that name none. */
  defaultCurrency?: string | undefined;
  /** The network's names of currencies, lower case → code. */
  currencies?: Readonly<Record<string, string>> | undefined;
  /** The decimal mark of the amount's file, when other rows have shown it. */
  decimalMark?: '.' | ',' | undefined;
}

export type MoneyReading =
  | { kind: 'absent' }
  | { kind: 'value'; amount: string; currency: string; isCurrencyNamed: boolean; notices: Notice[] }
  | { kind: 'unreadable'; reason: 'invalid_amount' | 'invalid_currency'; hint: string };

/**
 * Reads an amount with its currency, as networks, people and spreadsheets write them. It accepts a code or sign beside
 * the number. Guesses and translations are reported in `notices`. An amount that could be wrong by a factor, or in the
 * wrong currency, is unreadable.
 */
export function readMoney(source: MoneySource, context: MoneyContext): MoneyReading {
  if (isNoValue(source.amount)) return { kind: 'absent' };
  const text = takeApart(source.amount);
  if (text === undefined) return invalidAmount(`"${shown(source.amount)}" is not an amount.`);
  const beside: CurrencyMeaning[] = [];
  for (const mark of text.beside) {
    const meaning = currencyMeaning(mark, context.currencies, true);
    if (meaning === undefined) {
      return invalidAmount(`"${shown(source.amount)}" is not an amount: "${shown(mark)}" is not a currency.`);
    }
    beside.push(meaning);
  }
  const currency = decideCurrency(beside, source, context);
  if (currency.kind === 'unreadable') return currency;
  const number = readNumber(text.digits, source, context, currency.code);
  if (number === undefined) return invalidAmount(`"${shown(source.amount)}" is not an amount.`);
  const amount = text.isNegative && number.amount !== '0' ? `-${number.amount}` : number.amount;
  const notices = [...currency.notices, ...number.notices];
  return { kind: 'value', amount, currency: currency.code, isCurrencyNamed: currency.isNamed, notices };
}

type CurrencyDecision =
  | { kind: 'decided'; code: string; isNamed: boolean; notices: Notice[] }
  | Extract<MoneyReading, { kind: 'unreadable' }>;

function decideCurrency(beside: CurrencyMeaning[], source: MoneySource, context: MoneyContext): CurrencyDecision {
  const meanings = [...beside];
  for (const text of [source.unit, source.currency]) {
    if (text === undefined || isNoValue(text)) continue;
    const meaning = currencyMeaning(text, context.currencies);
    if (meaning === undefined) return invalidCurrency(`"${shown(text)}" is not a currency: send its ISO 4217 code.`);
    meanings.push(meaning);
  }
  const { defaultCurrency } = context;
  if (meanings.length === 0) {
    if (defaultCurrency === undefined) return invalidCurrency(NO_CURRENCY);
    return { kind: 'decided', code: defaultCurrency, isNamed: false, notices: [] };
  }
  const exact = [...new Set(meanings.flatMap((one) => (one.kind === 'exact' ? [one.code] : [])))];
  const shared = meanings.filter((one) => one.kind === 'shared');
  const [code] = exact;
  if (code !== undefined) {
    const against = exact[1] ?? shared.find(({ codes }) => !codes.includes(code))?.sign;
    if (against !== undefined) return invalidCurrency(`Two currencies were sent: ${code} and ${against}. Send one.`);
    return { kind: 'decided', code, isNamed: true, notices: exactNotices(code, meanings) };
  }
  return decideShared(shared, defaultCurrency);
}

function decideShared(
  shared: Extract<CurrencyMeaning, { kind: 'shared' }>[],
  defaultCurrency: string | undefined,
): CurrencyDecision {
  const [first] = shared;
  if (first === undefined) return invalidCurrency(NO_CURRENCY);
  const { sign, usual, codes } = first;
  if (shared.some((one) => !one.codes.some((code) => codes.includes(code)))) {
    return invalidCurrency(`Two currencies were sent: ${shared.map((one) => one.sign).join(' and ')}. Send one.`);
  }
  const fits = (code: string): boolean => shared.every((one) => one.codes.includes(code));
  if (defaultCurrency !== undefined && fits(defaultCurrency)) {
    return { kind: 'decided', code: defaultCurrency, isNamed: true, notices: [] };
  }
  if (usual === null || !fits(usual)) {
    const some = codes.slice(0, 4).join(', ');
    return invalidCurrency(`"${sign}" is shared by several currencies (${some} …): send the ISO 4217 code.`);
  }
  const text = `"${sign}" was read as ${usual}; the network's currency is ${defaultCurrency ?? 'not set'}. If another is meant, send its code.`;
  return { kind: 'decided', code: usual, isNamed: true, notices: [{ code: 'currency_guessed', text }] };
}

function exactNotices(code: string, meanings: CurrencyMeaning[]): Notice[] {
  const notices = meanings.flatMap((one): Notice[] =>
    one.kind === 'exact' && one.translated !== undefined
      ? [{ code: 'currency_translated', text: `"${shown(one.translated)}" was read as ${code}.` }]
      : [],
  );
  if (isIsoCurrency(code)) return notices;
  const text = `${code} is not an ISO 4217 currency: the amount keeps it. For its revenue, add an exchange rate for ${code}, or a translation to mapping.currencies.`;
  return [...notices, { code: 'currency_unknown', text }];
}

interface NumberReading {
  amount: string;
  notices: Notice[];
}

function readNumber(
  digits: string,
  { isNumber, amount: sent }: MoneySource,
  { decimalMark }: MoneyContext,
  currency: string,
): NumberReading | undefined {
  const meanings = readDigits(digits);
  if (meanings === undefined) return undefined;
  const { decimal, thousands, mark } = meanings;
  if (thousands === undefined || isNumber) return { amount: decimal, notices: [] };
  const said = (text: string): Notice[] => [{ code: 'amount_marks', text }];
  if (isUsedWithoutMinorUnits(currency)) {
    return {
      amount: thousands,
      notices: said(`"${shown(sent)}" was read as ${thousands}: ${currency} has no decimals.`),
    };
  }
  if (decimalMark !== undefined) {
    return { amount: mark === decimalMark ? decimal : thousands, notices: [] };
  }
  const text = `"${shown(sent)}" was read as ${decimal}, not as ${thousands}: write ${decimal}0 or ${thousands}.00 to leave no doubt.`;
  return { amount: decimal, notices: said(text) };
}

const MAX_SHOWN = 60;
const NO_CURRENCY = 'No currency was sent, and the network has no default: send a currency, or set defaults.currency.';

function shown(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function invalidAmount(hint: string): Extract<MoneyReading, { kind: 'unreadable' }> {
  return { kind: 'unreadable', reason: 'invalid_amount', hint };
}

function invalidCurrency(hint: string): Extract<MoneyReading, { kind: 'unreadable' }> {
  return { kind: 'unreadable', reason: 'invalid_currency', hint };
}
