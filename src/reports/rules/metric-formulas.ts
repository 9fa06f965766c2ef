import { type Formula, metricsOf, parseFormula } from './formula/formula.js';
import type { FormulaProblem } from './formula/formula-problem.js';
import { resolveFormula } from './formula/resolve-formula.js';
import { isAmount, isMeasure, MEASURES } from './measures.js';
import { METRICS, type MetricUnit } from './metrics.js';

/** A formula of a workspace, under its name. */
export interface OwnFormula {
  name: string;
  expression: string;
  unit: OwnFormulaUnit;
}

/** How the values of an own formula are written. */
export const OWN_FORMULA_UNITS = ['number', 'percent', 'money'] as const;
export type OwnFormulaUnit = (typeof OWN_FORMULA_UNITS)[number];

/** The units of the built-in metrics by name. */
export const METRIC_UNITS: ReadonlyMap<string, MetricUnit> = new Map(METRICS.map(({ name, unit }) => [name, unit]));

const NAMES = METRICS.map(({ name }) => name);
/** The metrics that are no measures. The name of a measure stays in a resolved formula. */
const DEFINITIONS: ReadonlyMap<string, Formula> = new Map(
  METRICS.flatMap(({ name, formula }) => (isMeasure(name) ? [] : [[name, parseBuiltIn(formula)] as const])),
);
/** The formulas of the built-in metrics over measures. */
export const METRIC_FORMULAS: ReadonlyMap<string, Formula> = new Map(
  METRICS.map(({ name, formula }) => [name, resolveBuiltIn(formula)]),
);

/** The formulas over measures of the workspace's own metrics. One that can no longer be resolved is left out. */
export function resolveOwnFormulas(own: readonly OwnFormula[]): Map<string, Formula> {
  const definitions = new Map([...DEFINITIONS, ...definitionsOf(own)]);
  return new Map(
    own.flatMap(({ name }) => {
      const resolution = resolveFormula({ kind: 'metric', name }, definitions);
      return resolution.ok ? [[name, resolution.formula] as const] : [];
    }),
  );
}

/** Why a formula cannot be added to the workspace's own; `undefined` when it can. */
export function checkOwnFormula(
  formula: Pick<OwnFormula, 'name' | 'expression'>,
  others: readonly OwnFormula[],
): Pick<FormulaProblem, 'code' | 'message'> | { code: string; message: string } | undefined {
  const known = [...NAMES, ...others.map(({ name }) => name)];
  const reading = parseFormula(formula.expression, (name) => known.includes(name), known);
  if (!reading.ok) {
    const { code, message, position } = reading.problem;
    return { code, message: `${message} (at character ${position + 1})` };
  }
  const definitions = new Map([...DEFINITIONS, ...definitionsOf(others), [formula.name, reading.formula] as const]);
  const resolution = resolveFormula({ kind: 'metric', name: formula.name }, definitions);
  return resolution.ok ? undefined : resolution.problem;
}

/** The own formulas that use a metric directly. */
export function usersOf(metric: string, own: readonly OwnFormula[]): string[] {
  return own.flatMap(({ name, expression }) => (new RegExp(`\\b${metric}\\b`).test(expression) ? [name] : []));
}

/** Whether a formula over measures contains an amount of money. */
export function usesAmounts(formula: Formula): boolean {
  return metricsOf(formula).some((name) => isMeasure(name) && isAmount(name));
}

/** Whether a built-in metric or one of its sums has the name. */
export function isBuiltInMetric(name: string): boolean {
  return METRIC_UNITS.has(name) || (MEASURES as readonly string[]).includes(name);
}

function definitionsOf(own: readonly OwnFormula[]): [string, Formula][] {
  const known = new Set([...NAMES, ...own.map(({ name }) => name)]);
  return own.flatMap(({ name, expression }) => {
    const reading = parseFormula(expression, (used) => known.has(used), []);
    return reading.ok ? [[name, reading.formula]] : [];
  });
}

function parseBuiltIn(text: string): Formula {
  const reading = parseFormula(text, (name) => isMeasure(name) || NAMES.includes(name), NAMES);
  if (!reading.ok) throw new Error(`the formula "${text}" is invalid: ${reading.problem.message}`);
  return reading.formula;
}

function resolveBuiltIn(text: string): Formula {
  const resolution = resolveFormula(parseBuiltIn(text), DEFINITIONS);
  if (!resolution.ok) throw new Error(`the formula "${text}" is invalid: ${resolution.problem.message}`);
  return resolution.formula;
}
