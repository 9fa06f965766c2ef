import type { Formula } from './formula.js';
import { MAX_NUMBER_DIGITS } from './formula-tokens.js';

const NUMBER = /^\d+(?:\.\d+)?$/;

/**
 * The formula as an expression of DuckDB over DOUBLE, for sorting; a division by zero gives NULL. Of the formula's text, only
 * checked digits get into the SQL. The callback returns safe SQL for a metric.
 * @throws Error for a tree that the parser cannot have made.
 */
export function toSql(formula: Formula, toSqlOf: (metric: string) => string): string {
  switch (formula.kind) {
    case 'number':
      return `CAST('${checkedNumber(formula.value)}' AS DOUBLE)`;
    case 'metric':
      return `CAST(${toSqlOf(formula.name)} AS DOUBLE)`;
    case 'negate':
      return `-(${toSql(formula.operand, toSqlOf)})`;
    case 'binary':
      return binaryToSql(formula.operator, toSql(formula.left, toSqlOf), toSql(formula.right, toSqlOf));
    default:
      throw new Error('the formula has a node of an unknown kind');
  }
}

/** Writes the operator itself, because a stored tree may have any text there. */
function binaryToSql(operator: string, left: string, right: string): string {
  switch (operator) {
    case '+':
      return `(${left}) + (${right})`;
    case '-':
      return `(${left}) - (${right})`;
    case '*':
      return `(${left}) * (${right})`;
    case '/':
      return `(${left}) / nullif((${right}), 0)`;
    default:
      throw new Error('the formula has an unknown operator');
  }
}

function checkedNumber(value: string): string {
  // One more for the zero that the parser adds before a dot, one for the dot.
  if (value.length > MAX_NUMBER_DIGITS + 2 || !NUMBER.test(value)) throw new Error('the formula has an invalid number');
  return value;
}
