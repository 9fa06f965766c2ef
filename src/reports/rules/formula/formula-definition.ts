import { type Formula, parseFormulaAt } from './formula.js';
import { type FormulaRefusal, refuseFormula } from './formula-problem.js';

/** The limit of a name: a letter, then letters and digits. */
export const MAX_FORMULA_NAME_CHARS = 40;
const NAME = new RegExp(`^[A-Za-z][A-Za-z0-9]{0,${MAX_FORMULA_NAME_CHARS - 1}}$`);

export type FormulaDefinitionReading = { ok: true; name: string; formula: Formula } | FormulaRefusal;

/**
 * Reads `name = expression`. The name must be new.
 * @param known the names of metrics, without that of a formula which this one replaces.
 */
export function parseFormulaDefinition(
  text: string,
  isMetric: (name: string) => boolean,
  known: readonly string[],
): FormulaDefinitionReading {
  const equals = text.indexOf('=');
  if (equals < 0) {
    const message = 'The name of the formula is missing; write `name = expression`, as in `costPerFtd = cost / ftds`.';
    return refuseFormula('missing_equals_sign', 0, message);
  }
  const before = text.slice(0, equals);
  const name = before.trim();
  const position = before.length - before.trimStart().length;
  if (!NAME.test(name)) {
    const rule = `a letter, then letters and digits, at most ${MAX_FORMULA_NAME_CHARS}, as in \`costPerFtd\``;
    return refuseFormula('invalid_name', position, `The text before \`=\` is not a valid name; use ${rule}.`);
  }
  if (known.includes(name)) {
    return refuseFormula('name_taken', position, `\`${name}\` is already the name of a metric; choose another name.`);
  }
  const reading = parseFormulaAt(text, equals + 1, isMetric, known);
  return reading.ok ? { ok: true, name, formula: reading.formula } : reading;
}
