import { Big } from 'big.js';
import type { Formula } from './formula.js';
export function evaluateFormula(f: Formula, valueOf: (m: string) => Big | null): Big | null {
  if (f.kind === 'number') return new Big(f.value);
  if (f.kind === 'metric') return valueOf(f.name);
  if (f.kind === 'negate') return evaluateFormula(f.operand, valueOf)?.neg() ?? null;
  const a = evaluateFormula(f.left, valueOf),
    b = evaluateFormula(f.right, valueOf);
  if (!a || !b) return null;
  switch (f.operator) {
    case '+':
      return a.plus(b);
    case '-':
      return a.minus(b);
    case '*':
      return a.times(b);
    default:
      return b.eq(0) ? null : a.div(b);
  }
}
