import type { Formula } from './formula.js';

const MAX_NODES = 1000;
/** Definitions that use one another, one below the other. */
const MAX_LEVELS = 100;

/** The reason why the names in a formula cannot be replaced. */
export interface ResolutionProblem {
  code: 'cycle' | 'too_large';
  /** The error for people, with what to do. */
  message: string;
}

export type FormulaResolution = { ok: true; formula: Formula } | { ok: false; problem: ResolutionProblem };

/**
 * Replaces the names that are themselves formulas by their formulas. Other names stay, and so does a name whose definition is
 * only itself (`clicks = clicks`). Any other definition that uses itself, also through others, is refused.
 */
export function resolveFormula(formula: Formula, definitions: ReadonlyMap<string, Formula>): FormulaResolution {
  return new FormulaResolver(definitions).resolve(formula);
}

/** Counts each node before it looks below it, so that the work is bounded whatever the definitions are. */
class FormulaResolver {
  private nodes = 0;
  /** The names that are being replaced, outermost first. */
  private readonly path: string[] = [];

  constructor(private readonly definitions: ReadonlyMap<string, Formula>) {}

  resolve(formula: Formula): FormulaResolution {
    if (formula.kind === 'metric') return this.resolveMetric(formula);
    if (++this.nodes > MAX_NODES) return refuseSize();
    if (formula.kind === 'number') return { ok: true, formula };
    if (formula.kind === 'negate') {
      const operand = this.resolve(formula.operand);
      return operand.ok ? { ok: true, formula: { kind: 'negate', operand: operand.formula } } : operand;
    }
    const left = this.resolve(formula.left);
    if (!left.ok) return left;
    const right = this.resolve(formula.right);
    if (!right.ok) return right;
    const { operator } = formula;
    return { ok: true, formula: { kind: 'binary', operator, left: left.formula, right: right.formula } };
  }

  private resolveMetric(formula: Formula & { kind: 'metric' }): FormulaResolution {
    const { name } = formula;
    const definition = this.definitions.get(name);
    if (definition === undefined || (definition.kind === 'metric' && definition.name === name)) {
      return ++this.nodes > MAX_NODES ? refuseSize() : { ok: true, formula };
    }
    if (this.path.includes(name)) return refuseCycle([...this.path.slice(this.path.indexOf(name)), name]);
    if (this.path.length >= MAX_LEVELS) return refuseSize();
    this.path.push(name);
    const resolution = this.resolve(definition);
    this.path.pop();
    return resolution;
  }
}

function refuseSize(): FormulaResolution {
  const limits = `more than ${MAX_NODES} parts or ${MAX_LEVELS} levels`;
  const message = `The formula has ${limits} with the formulas that it uses; use fewer or simpler ones.`;
  return { ok: false, problem: { code: 'too_large', message } };
}

const MAX_SHOWN_NAMES = 5;

function refuseCycle(names: readonly string[]): FormulaResolution {
  const shown = names.length > MAX_SHOWN_NAMES ? [...names.slice(0, MAX_SHOWN_NAMES - 1), '…', names[0]] : names;
  const message = `\`${names[0]}\` uses itself (${shown.join(' → ')}); remove one of these names from the formula before it.`;
  return { ok: false, problem: { code: 'cycle', message } };
}
