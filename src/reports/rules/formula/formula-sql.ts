import type { Formula } from './formula.js';
export function toSql(f: Formula, of: (m: string) => string): string {
  if (f.kind === 'number') return `CAST('${f.value}' AS DOUBLE)`;
  if (f.kind === 'metric') return of(f.name);
  if (f.kind === 'negate') return `(-${toSql(f.operand, of)})`;
  const [a, b] = [toSql(f.left, of), toSql(f.right, of)];
  return f.operator === '/' ? `(${a} / nullif(${b}, 0))` : `(${a} ${f.operator} ${b})`;
}
