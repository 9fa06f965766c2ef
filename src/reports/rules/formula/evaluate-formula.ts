import { type Decimal, dividedBy, minus, negated, plus, times, toDecimal } from './decimal.js';
import type { Formula, FormulaOperator } from './formula.js';

const QUOTIENT_DECIMALS = 20;

/** The exact value; quotients have 20 decimals. `null` for a division by zero or when an operand is `null`. */
export function evaluateFormula(formula: Formula, valueOf: (metric: string) => Decimal | null): Decimal | null {
  switch (formula.kind) {
    case 'number':
      return toDecimal(formula.value);
    case 'metric':
      return valueOf(formula.name);
    case 'negate': {
      const value = evaluateFormula(formula.operand, valueOf);
      return value === null ? null : negated(value);
    }
    case 'binary': {
      const left = evaluateFormula(formula.left, valueOf);
      const right = left === null ? null : evaluateFormula(formula.right, valueOf);
      return left === null || right === null ? null : calculate(formula.operator, left, right);
    }
  }
}

function calculate(operator: FormulaOperator, left: Decimal, right: Decimal): Decimal | null {
  switch (operator) {
    case '+':
      return plus(left, right);
    case '-':
      return minus(left, right);
    case '*':
      return times(left, right);
    case '/':
      return right.units === 0n ? null : dividedBy(left, right, QUOTIENT_DECIMALS);
  }
}
