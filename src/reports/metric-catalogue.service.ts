import { Injectable } from '@nestjs/common';
import { type Formula, parseFormula } from './rules/formula/formula.js';
import { isMeasure } from './rules/measures.js';
import { METRICS, type MetricUnit } from './rules/metrics.js';

/** The metrics with their formulas over measures. */
@Injectable()
export class MetricCatalogue {
  private readonly formulas = new Map<string, Formula>(METRICS.map(({ name, formula }) => [name, parsed(formula)]));
  private readonly units = new Map<string, MetricUnit>(METRICS.map(({ name, unit }) => [name, unit]));

  getFormulas(): ReadonlyMap<string, Formula> {
    return this.formulas;
  }

  unitOf(metric: string): MetricUnit {
    return this.units.get(metric) ?? 'number';
  }
}

/** @throws Error for a formula of ours that cannot be read. */
function parsed(text: string): Formula {
  const reading = parseFormula(text, isMeasure, []);
  if (!reading.ok) throw new Error(`the formula "${text}" cannot be read`);
  return reading.formula;
}
