import type { RejectReason } from './import-row.js';

export const ROW_VERDICTS = ['accepted', 'updated', 'duplicate', 'rejected'] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];

/** What became of one row. */
export interface RowResult {
  /** From 1, the header row not counted. */
  row: number;
  /** Where it begins in the file, from 1. */
  line: number;
  verdict: RowVerdict;
  reason: RejectReason | null;
  hint: string | null;
  /** `null` for what was rejected, and for what a dry run would make. */
  conversionId: string | null;
}

export function countVerdicts(results: readonly RowResult[]): Record<RowVerdict, number> {
  const counts = { accepted: 0, updated: 0, duplicate: 0, rejected: 0 };
  for (const { verdict } of results) counts[verdict]++;
  return counts;
}
