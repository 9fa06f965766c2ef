import { declarePort } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { VariantResult } from './rules/routing/optimise.js';
import type { DailyCap, Goal } from './rules/routing/rule.js';

/** Counts what the variants of a link have earned. */
export interface ResultSource {
  /** By variant key; variants that have earned nothing may be missing. @param since milliseconds since 1970. */
  results(workspaceId: WorkspaceId, linkId: string, goal: Goal, since: number): Promise<Map<string, VariantResult>>;
  /** Conversions that the cap counts, of its variant since its last midnight. */
  today(workspaceId: WorkspaceId, linkId: string, variantKey: string, cap: DailyCap): Promise<number>;
}

export const VARIANT_RESULTS = declarePort<ResultSource>('results of variants');
