import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Viewer } from '../../workspaces/caller.js';
import type { Formula } from '../rules/formula/formula.js';
import { METRIC_FORMULAS, METRIC_UNITS, resolveOwnFormulas, usesAmounts } from '../rules/metric-formulas.js';
import { type MetricDefinition, METRICS, type MetricUnit } from '../rules/metrics.js';
import { ReportFormulasRepository } from './report-formulas.repository.js';

/** The metrics that a workspace can ask for. */
export interface KnownMetrics {
  /** Over measures. */
  formulas: ReadonlyMap<string, Formula>;
  unitOf: (metric: string) => MetricUnit;
}

const BUILT_IN: KnownMetrics = { formulas: METRIC_FORMULAS, unitOf: (metric) => METRIC_UNITS.get(metric) ?? 'number' };

/** The built-in metrics, and the formulas of workspaces. */
@Injectable()
export class MetricCatalogue {
  constructor(private readonly formulas: ReportFormulasRepository) {}

  /** @param names the metrics that are asked for. Own formulas are read only when one of them is not built in. */
  async find(workspaceId: WorkspaceId, names: readonly string[]): Promise<KnownMetrics> {
    if (names.every((name) => METRIC_FORMULAS.has(name))) return BUILT_IN;
    const own = await this.formulas.list(workspaceId);
    const units = new Map(own.map(({ name, unit }) => [name, unit]));
    return {
      formulas: new Map([...METRIC_FORMULAS, ...resolveOwnFormulas(own)]),
      unitOf: (metric) => units.get(metric) ?? BUILT_IN.unitOf(metric),
    };
  }

  /** All metrics that the viewer may ask for: the built-in ones, then those of the workspace. */
  async list({ workspaceId, restrictions }: Viewer): Promise<(MetricDefinition & { isOwn: boolean })[]> {
    const own = await this.formulas.list(workspaceId);
    const metrics = [
      ...METRICS.map((metric) => ({ ...metric, isOwn: false })),
      ...own.map(({ name, unit, expression }) => ({ name, unit, formula: expression, description: '', isOwn: true })),
    ];
    if (!restrictions.hidesMoney) return metrics;
    const formulas = new Map([...METRIC_FORMULAS, ...resolveOwnFormulas(own)]);
    return metrics.filter(({ name }) => {
      const formula = formulas.get(name);
      return formula !== undefined && !usesAmounts(formula);
    });
  }
}
