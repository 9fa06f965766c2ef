import { declarePort } from '../platform/ports/port.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { VariantResult } from './rules/routing/optimise.js';
import type { DailyCap, Goal } from './rules/routing/rule.js';

/** Counts the results of the variants of a link. */
export interface ResultSource {
  /** Results by variant key. Variants without results may be missing. @param since milliseconds since 1970. */
  results(workspaceId: WorkspaceId, linkId: string, goal: Goal, since: number): Promise<Map<string, VariantResult>>;
  /** The number of conversions that count towards a cap since its last midnight. */
  today(workspaceId: WorkspaceId, linkId: string, variantKey: string, cap: DailyCap): Promise<number>;
}

export const VARIANT_RESULTS = declarePort<ResultSource>('results of variants');
