import { Big } from 'big.js';
import type { Formula, FormulaOperator } from './formula.js';

const QUOTIENT_DECIMALS = 20;
/** A constructor of its own: the settings of the shared one do not change. */
const Exact = Big();
Exact.DP = QUOTIENT_DECIMALS;

/** The exact value; quotients have 20 decimals. `null` for a division by zero or when an operand is `null`. */
export function evaluateFormula(formula: Formula, valueOf: (metric: string) => Big | null): Big | null {
  const value = evaluateExactly(formula, valueOf);
  if (value === null) return null;
  // big.js has a negative zero, which would be written as -0.
  return value.eq(0) ? new Big(0) : new Big(value);
}

function evaluateExactly(formula: Formula, valueOf: (metric: string) => Big | null): Big | null {
  switch (formula.kind) {
    case 'number':
      return new Exact(formula.value);
    case 'metric': {
      const value = valueOf(formula.name);
      return value === null ? null : new Exact(value);
    }
    case 'negate':
      return evaluateExactly(formula.operand, valueOf)?.neg() ?? null;
    case 'binary': {
      const left = evaluateExactly(formula.left, valueOf);
      const right = left === null ? null : evaluateExactly(formula.right, valueOf);
      return left === null || right === null ? null : calculate(formula.operator, left, right);
    }
  }
}

function calculate(operator: FormulaOperator, left: Big, right: Big): Big | null {
  switch (operator) {
    case '+':
      return left.plus(right);
    case '-':
      return left.minus(right);
    case '*':
      return left.times(right);
    case '/':
      return right.eq(0) ? null : left.div(right);
  }
}
