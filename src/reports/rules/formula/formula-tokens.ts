import { type FormulaRefusal, refuseFormula } from './formula-problem.js';

/** Digits of one number. A longer one could exceed what DOUBLE holds. */
export const MAX_NUMBER_DIGITS = 30;

export interface FormulaToken {
  kind: 'number' | 'name' | 'sign';
  /** As written. */
  text: string;
  /** Index in the given text. */
  position: number;
}

const TOKEN = /\s+|(?<number>\d+(?:\.\d+)?|\.\d+)|(?<name>[A-Za-z][A-Za-z0-9]*)|(?<sign>[-+*/()])/y;

/** Characters that people write or paste instead of the right ones. */
const ADVICE: Readonly<Record<string, string>> = {
  '×': 'write `*`',
  '÷': 'write `/`',
  '−': 'write `-`',
  '–': 'write `-`',
  '%': 'write `* 100` for a percentage',
  ',': 'write a dot before decimals and nothing between thousands',
  '.': 'write digits after the dot',
  '=': 'write the name into `name`, and here only what comes after the `=`',
};

/** Each character is read once. */
export function splitTokens(text: string): { ok: true; tokens: FormulaToken[] } | FormulaRefusal {
  const tokens: FormulaToken[] = [];
  const pattern = new RegExp(TOKEN);
  for (let position = 0; position < text.length; position = pattern.lastIndex) {
    pattern.lastIndex = position;
    const { groups } = pattern.exec(text) ?? {};
    if (groups === undefined) return refuseCharacter(text, position);
    const { number, name, sign } = groups;
    if (number !== undefined) {
      if (number.replace('.', '').length > MAX_NUMBER_DIGITS) {
        const message = `The number at character ${position + 1} has more than ${MAX_NUMBER_DIGITS} digits; shorten it.`;
        return refuseFormula('number_too_long', position, message);
      }
      tokens.push({ kind: 'number', text: number, position });
    } else if (name !== undefined) tokens.push({ kind: 'name', text: name, position });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign, position });
  }
  return { ok: true, tokens };
}

function refuseCharacter(text: string, position: number): FormulaRefusal {
  const code = text.codePointAt(position) ?? 0;
  const character = String.fromCodePoint(code);
  const shown = /[\p{C}\p{M}\p{Z}`]/u.test(character)
    ? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
    : character;
  const advice = Object.hasOwn(ADVICE, character)
    ? ADVICE[character]
    : 'use metric names, numbers, `+ - * /` and parentheses only';
  const message = `\`${shown}\` at character ${position + 1} is not allowed in a formula; ${advice}.`;
  return refuseFormula('unexpected_character', position, message);
}
