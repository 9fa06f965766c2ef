import { CANONICAL_PARAMS, type CanonicalParam } from '../../../networks/rules/canonical-params.js';
import { chosenKey } from '../../../networks/rules/reading/chosen-key.js';
import { nameKey } from '../../../networks/rules/reading/name-key.js';

/** The fields that a column can be read as: the canonical names of requests, and three that only files have. */
export const IMPORT_FIELDS = [...CANONICAL_PARAMS, 'link_id', 'network_id', 'note'] as const;
export type ConversionField = (typeof IMPORT_FIELDS)[number];

/** The caller's statement that no column of the file is read as a field. */
const NO_COLUMN = '(none)';
const POSITION = /^#([1-9]\d{0,2})$/;

/** Field → name of its column, `#3` for the third one, or `null` for none. */
export type ColumnMapping = ReadonlyMap<ConversionField, string | null>;

/** Field → position of its column from 0, or `null` for none. Stored in the import. */
export type ColumnPositions = Readonly<Partial<Record<ConversionField, number | null>>>;

export const NO_MAPPING: ColumnMapping = new Map();

/** `click_id=Sub 1,payout=Amount,note=(none)`. @returns the mapping, or why it is none. */
export function parseColumnMapping(text: string): ColumnMapping | string {
  const mapping = new Map<ConversionField, string | null>();
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim().toLowerCase();
    const column = pair.slice(at + 1).trim();
    if (at < 0 || column === '') return 'mapping is field=column, separated by commas: click_id=Sub 1,payout=Amount';
    const field = IMPORT_FIELDS.find((known) => known === name);
    if (field === undefined) return `"${pair.slice(0, 40)}" names no field; there are ${IMPORT_FIELDS.join(', ')}`;
    if (mapping.has(field)) return `${field} is given twice: a field is read from one column`;
    mapping.set(field, column === NO_COLUMN ? null : column);
  }
  return mapping;
}

/** The columns of a header row that a mapping names. A name counts as written, else without case and punctuation. */
export function locateColumns(
  names: readonly string[],
  mapping: ColumnMapping,
): { positions: ColumnPositions; problems: string[] } {
  const positions: Partial<Record<ConversionField, number | null>> = {};
  const problems: string[] = [];
  const fieldAt = new Map<number, ConversionField>();
  for (const [field, column] of mapping) {
    const at = column === null ? null : positionOf(names, column);
    const taken = at === null ? undefined : fieldAt.get(at);
    if (at === -1) problems.push(`the file has no column "${column?.slice(0, 60)}", which ${field} is read from`);
    else if (taken !== undefined) problems.push(`"${column?.slice(0, 60)}" is read as ${taken} and as ${field}`);
    else {
      positions[field] = at;
      if (at !== null) fieldAt.set(at, field);
    }
  }
  return { positions, problems };
}

function positionOf(names: readonly string[], column: string): number {
  const [, position] = POSITION.exec(column) ?? [];
  if (position !== undefined) return Number(position) <= names.length ? Number(position) - 1 : -1;
  const asWritten = names.findIndex((name) => name.trim() === column);
  if (asWritten >= 0) return asWritten;
  const key = nameKey(column);
  return key === '' ? -1 : names.findIndex((name) => nameKey(name) === key);
}

/** The columns that a person has chosen, in the form that reads rows. */
export class ChosenColumns {
  private readonly fieldsByPosition: ReadonlyMap<number, ConversionField>;
  private readonly fields: ReadonlySet<ConversionField>;

  constructor(positions: ColumnPositions = {}) {
    const entries = Object.entries(positions) as [ConversionField, number | null][];
    this.fields = new Set(entries.map(([field]) => field));
    this.fieldsByPosition = new Map(entries.flatMap(([field, at]) => (at === null ? [] : [[at, field] as const])));
  }

  /** The field of the column at this position. */
  fieldAt(position: number): ConversionField | undefined {
    return this.fieldsByPosition.get(position);
  }

  /** Whether a column was chosen for the field, or none. */
  has(field: ConversionField): boolean {
    return this.fields.has(field);
  }

  /** A dialect in which the chosen fields are read from their columns alone. */
  applyTo<D extends object>(dialect: D): D & { chosen?: readonly string[] } {
    return this.fields.size === 0 ? dialect : { ...dialect, chosen: [...this.fields] };
  }

  /** The key by which the reader knows the column at this position; `undefined`: by its name. */
  keyAt(position: number): string | undefined {
    const field = this.fieldAt(position);
    return field === undefined || !isCanonical(field) ? undefined : chosenKey(field);
  }
}

function isCanonical(field: ConversionField): field is CanonicalParam {
  return (CANONICAL_PARAMS as readonly string[]).includes(field);
}
