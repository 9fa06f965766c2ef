/** The result of one row. Kinds add fields of their own. */
export interface ImportRowResult {
  /** From 1, without the header. */
  row: number;
  /** Line of the file on which the row begins, from 1. */
  line: number;
  verdict: string;
}

/** Number of results by verdict. */
export function countVerdicts(results: readonly ImportRowResult[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict } of results) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}
