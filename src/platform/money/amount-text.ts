import { Big } from 'big.js';
import { plainText, unquoted } from '../text/plain-text.js';

const MAX_CHARS = 64;
const MAX_INTEGER_DIGITS = 15;
/** Decimals that an amount keeps. Further ones come from binary fractions (`12.600000000000001`). */
const MAX_DECIMALS = 12;
const MAX_EXPONENT = 30;

/** The parts of an amount's text. The meaning of its digits may depend on the currency, so it is not decided here. */
export interface AmountText {
  isNegative: boolean;
  /** Digits with their separators: `1.234,56`, `1.5E2`. */
  digits: string;
  /** Texts before and after the digits: codes or signs of currencies in a valid amount. */
  beside: string[];
}

const WORD_BEFORE = /^([+-]?)\s*((?:[^\d.,+\s-][^\d,+-]*?)?)\s*([+-]?)\s*((?:\d|[.,]\d).*)$/s;
const NUMBER = /^([\d.,' _\u2019\u02bc\u00b4`]*[\d.,])([eE][+-]?\d{1,3}(?![\d.,]))?/;

/** Splits a text into sign, digits and the texts beside them; `undefined` when it contains no number. */
export function takeApart(text: string): AmountText | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const plain = unquoted(plainText(unquoted(text)));
  const inBrackets = /^\(([^()]*)\)$/.exec(plain) ?? /^([^\d()]*)\(([^()]*)\)([^\d()]*)$/.exec(plain);
  const unbracketed = inBrackets ? inBrackets.slice(1).join(' ').trim() : plain;
  // `50,-` and `50.--` mean that there are no cents.
  const withoutDashes = unbracketed.replace(/(?<=\d)[.,]\s*-+(?=[^\d]*$)/, '');
  const match = WORD_BEFORE.exec(withoutDashes);
  if (!match) return undefined;
  const [, outer, before, inner, rest] = match as unknown as [string, string, string, string, string];
  const number = NUMBER.exec(rest);
  if (!number) return undefined;
  const after = rest.slice(number[0].length).trim();
  const [, trailing = '', behind = ''] = /^([+-]?)\s*(.*)$/s.exec(after) ?? [];
  const signs = [outer, inner, trailing].filter((sign) => sign !== '');
  if (signs.length > 1 || (inBrackets && signs.length > 0) || /\d/.test(behind)) return undefined;
  const beside = [before, behind]
    .flatMap((mark) => mark.trim().split(/\s+/))
    .map((mark) => mark.replace(/^[([](.+)[)\]]$/, '$1'))
    .filter((mark) => mark !== '');
  return { isNegative: inBrackets !== null || signs[0] === '-', digits: number[0].trim(), beside };
}

/** Possible values of digits with separators. */
export interface NumberMeanings {
  /** With the only or last separator as decimal mark. */
  decimal: string;
  /** With it as thousands separator, when it is the only one and before exactly three digits (`1,234`): it may be either. */
  thousands?: string;
  /** That single separator. */
  mark?: '.' | ',';
}

/**
 * Reads digits with separators. Of two kinds, the last one is the decimal mark. A repeated one separates thousands, in
 * groups of three or as in India (`1,23,456`). A space, an apostrophe or `_` is never a decimal mark.
 * @returns a decimal number of at most 12 places, without sign; `undefined` when it is not a number.
 */
export function readDigits(digits: string): NumberMeanings | undefined {
  const [, mantissa = '', exponent] = /^(.*?)(?:[eE]([+-]?\d+))?$/s.exec(digits) ?? [];
  const lone = /^(\d{1,3})([.,])(\d{3})$/.exec(mantissa);
  if (lone && exponent === undefined && !mantissa.startsWith('0')) {
    const [, whole = '', mark, rest = ''] = lone;
    const decimal = rounded(`${whole}.${rest}`);
    const thousands = rounded(whole + rest);
    if (decimal === undefined || thousands === undefined) return undefined;
    return { decimal, thousands, mark: mark as '.' | ',' };
  }
  const plain = withoutMarks(mantissa);
  if (plain === undefined || Math.abs(Number(exponent ?? 0)) > MAX_EXPONENT) return undefined;
  const decimal = rounded(exponent === undefined ? plain : `${plain}e${exponent}`);
  return decimal === undefined ? undefined : { decimal };
}

/** The decimal mark of this amount; `undefined` when there is none or it may be a thousands separator. */
export function certainDecimalMark(text: string): '.' | ',' | undefined {
  const { digits } = takeApart(text) ?? {};
  if (digits === undefined || readDigits(digits)?.thousands !== undefined || readDigits(digits) === undefined)
    return undefined;
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  if (last < 0) return undefined;
  const mark = digits[last] as '.' | ',';
  const isRepeated = digits.indexOf(mark) !== last;
  return isRepeated ? (mark === '.' ? ',' : '.') : mark;
}

function rounded(plain: string): string | undefined {
  const value = new Big(plain).round(MAX_DECIMALS, Big.roundHalfEven);
  const text = value.toFixed();
  return (text.split('.')[0] ?? '').length > MAX_INTEGER_DIGITS ? undefined : text;
}

function withoutMarks(digits: string): string | undefined {
  const group = /[ '_\u2019\u02bc\u00b4`]/.exec(digits)?.[0];
  const lastDot = digits.lastIndexOf('.');
  const lastComma = digits.lastIndexOf(',');
  if (group !== undefined) return parted(digits, lastDot > lastComma ? '.' : ',', group);
  if (lastDot < 0 && lastComma < 0) return digits;
  if (lastDot >= 0 && lastComma >= 0) {
    const [decimal, thousands] = lastDot > lastComma ? (['.', ','] as const) : ([',', '.'] as const);
    return parted(digits, decimal, thousands);
  }
  const mark = lastDot >= 0 ? '.' : ',';
  const other = mark === '.' ? ',' : '.';
  return digits.indexOf(mark) === digits.lastIndexOf(mark) ? parted(digits, mark, other) : parted(digits, other, mark);
}

const IN_THREES = /^\d{1,3}(?:_\d{3})*$/;
const AS_IN_INDIA = /^\d{1,2}(?:_\d{2})*_\d{3}$/;

function parted(digits: string, decimal: string, thousands: string): string | undefined {
  const parts = digits.split(decimal);
  if (parts.length > 2) return undefined;
  const [whole = '', fraction = ''] = parts;
  const groups = whole.split(thousands).join('_');
  if (groups.includes('_') && !IN_THREES.test(groups) && !AS_IN_INDIA.test(groups)) return undefined;
  const joined = groups.replaceAll('_', '');
  if (!/^\d*$/.test(joined) || !/^\d*$/.test(fraction) || joined + fraction === '') return undefined;
  return `${joined || '0'}${fraction && `.${fraction}`}`;
}
