import type { ImportRowResult } from '../../imports/import-row-result.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { RowRejectReason } from '../../platform/vocabulary/reject-reasons.js';

export const ROW_VERDICTS = ['accepted', 'updated', 'duplicate', 'rejected'] as const;
export type RowVerdict = (typeof ROW_VERDICTS)[number];

/** The result of one row of conversions. */
export interface RowResult extends ImportRowResult {
  verdict: RowVerdict;
  reason: RowRejectReason | null;
  hint: string | null;
  /** `null` for rejected rows, and for conversions that a dry run would create. */
  conversionId: string | null;
}

/** A kind of notice, the first of its texts, and in how many rows it came. */
export interface ConversionImportWarning extends Notice {
  rows: number;
}

const MAX_WARNINGS = 30;

/** Adds the notices of further rows, a list for each row. */
export function addWarnings(
  warnings: readonly ConversionImportWarning[],
  noticesOfRows: readonly (readonly Notice[])[],
): ConversionImportWarning[] {
  const byCode = new Map(warnings.map((warning) => [warning.code, warning]));
  for (const notices of noticesOfRows) {
    for (const code of new Set(notices.map((notice) => notice.code))) {
      const known = byCode.get(code);
      const text = known?.text ?? notices.find((notice) => notice.code === code)?.text ?? '';
      if (known || byCode.size < MAX_WARNINGS) byCode.set(code, { code, text, rows: (known?.rows ?? 0) + 1 });
    }
  }
  return [...byCode.values()];
}
