import type { Formula } from '../../../src/reports/rules/formula/formula.js';

const SUM = 1;
const PRODUCT = 2;
const SIGNED = 3;
const OPERAND = 4;

/** The canonical text, with the parentheses that the tree needs. Its spaces may make it longer than the limit of the parser. */
export function formatFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'metric':
      return formula.name;
    case 'negate':
      return `-${formatPart(formula.operand, SIGNED)}`;
    case 'binary': {
      const rank = rankOf(formula);
      return `${formatPart(formula.left, rank)} ${formula.operator} ${formatPart(formula.right, rank + 1)}`;
    }
  }
}

function formatPart(part: Formula, minRank: number): string {
  const text = formatFormula(part);
  return rankOf(part) < minRank ? `(${text})` : text;
}

function rankOf(formula: Formula): number {
  if (formula.kind === 'negate') return SIGNED;
  if (formula.kind !== 'binary') return OPERAND;
  return formula.operator === '+' || formula.operator === '-' ? SUM : PRODUCT;
}
