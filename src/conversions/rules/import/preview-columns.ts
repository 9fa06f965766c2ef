import type { NetworkDialect } from '../../../networks/rules/reading/reading.js';
import { Reader } from '../../../networks/rules/reading/reader.js';
import { CANONICAL_PARAMS } from '../../../networks/rules/canonical-params.js';
import { ChosenColumns, type ConversionField } from './column-mapping.js';
import { readHeader } from './import-columns.js';

/**
 * Why a field is suggested for a column, or none: the mapping of the network or the common vocabulary knows its name, its
 * values are click ids of this installation, another column is read as the same field, or nothing is known about it.
 */
export const COLUMN_REASONS = ['network_mapping', 'known_name', 'click_ids', 'other_column', 'unknown_name'] as const;
export type ColumnReason = (typeof COLUMN_REASONS)[number];

export interface PreviewColumn {
  /** From 1; `#3` in a mapping is the third column. */
  position: number;
  name: string;
  samples: string[];
  suggestedField: ConversionField | null;
  reason: ColumnReason;
}

const MAX_SAMPLES = 3;
const MAX_SAMPLE_CHARS = 100;

/** The columns of a file's beginning. @param isClickId whether a value is a genuine click id. */
export function previewColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  dialect: NetworkDialect,
  isClickId: (value: string) => boolean,
): PreviewColumn[] {
  const ofClickIds = clickIdColumn(names, rows, isClickId);
  const chosen = new ChosenColumns(ofClickIds < 0 ? {} : { click_id: ofClickIds });
  const { fields } = readHeader(names, dialect, chosen);
  const reader = new Reader([], dialect);
  return names.map((name, i) => ({
    position: i + 1,
    name,
    samples: samplesOf(rows, i),
    suggestedField: fields[i] ?? null,
    reason: i === ofClickIds ? 'click_ids' : reasonOf(name, fields[i] ?? null, { dialect, reader }),
  }));
}

/** The column whose filled cells are all click ids: a signed value says more than a name. `-1`: none. */
function clickIdColumn(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  isClickId: (value: string) => boolean,
): number {
  return names.findIndex((_, i) => {
    const filled = rows.map((row) => (row[i] ?? '').trim()).filter((value) => value !== '');
    return filled.length > 0 && filled.every(isClickId);
  });
}

function reasonOf(
  name: string,
  field: ConversionField | null,
  { dialect, reader }: { dialect: NetworkDialect; reader: Reader },
): ColumnReason {
  const [sent] = new Reader([{ name, value: '1' }], dialect).sent;
  const key = sent?.key ?? '';
  if (field === null) {
    const [alone] = readHeader([name], dialect).fields;
    return alone === null || alone === undefined ? 'unknown_name' : 'other_column';
  }
  const param = CANONICAL_PARAMS.find((one) => one === field);
  return param !== undefined && reader.isMapped({ key }, param) ? 'network_mapping' : 'known_name';
}

function samplesOf(rows: readonly (readonly string[])[], column: number): string[] {
  const samples = new Set<string>();
  for (const row of rows) {
    const value = (row[column] ?? '').trim();
    if (value !== '') samples.add(value.slice(0, MAX_SAMPLE_CHARS));
    if (samples.size === MAX_SAMPLES) break;
  }
  return [...samples];
}
