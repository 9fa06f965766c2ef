import { CANONICAL_PARAMS } from '../../../networks/rules/canonical-params.js';
import { nameKey } from '../../../networks/rules/reading/name-key.js';
import { Reader } from '../../../networks/rules/reading/reader.js';
import type { NetworkDialect } from '../../../networks/rules/reading/reading.js';
import { ChosenColumns, type ConversionField } from './column-mapping.js';

/** Column names that only files use, beside the parameter names of requests; compared by `nameKey`. */
const OWN_NAMES = {
  linkId: ['linkid', 'link'],
  networkId: ['networkid'],
  note: ['note', 'notes', 'comment'],
} as const;
export type OwnColumn = keyof typeof OWN_NAMES;

export const OWN_FIELDS = { linkId: 'link_id', networkId: 'network_id', note: 'note' } as const satisfies Record<
  OwnColumn,
  ConversionField
>;

const OWN_COLUMNS = Object.keys(OWN_NAMES) as OwnColumn[];

export interface HeaderReading {
  /** The names of the columns as they came. */
  names: string[];
  /** Names of columns that are not read: unknown ones, and those that another column goes before. */
  ignored: string[];
  /** The field of each column; `null`: it is not read. */
  fields: (ConversionField | null)[];
  /** Whether a column can say whose conversion a row is. */
  hasOwner: boolean;
  /** Where the amounts and the times stand, as far as the header tells. */
  amountAt: number | undefined;
  timeAt: number | undefined;
}

/** The header row in the words of a network. @param chosen the columns that a person has chosen. */
export function readHeader(
  names: readonly string[],
  dialect: NetworkDialect,
  chosen = new ChosenColumns(),
): HeaderReading {
  // Each column as if it were filled: so the names alone decide.
  const own = ownColumns(names, chosen);
  const reader = new Reader(
    names.map((name, i) => ({ name, value: own[i] === undefined ? '1' : '', key: chosen.keyAt(i) })),
    chosen.applyTo(dialect),
  );
  for (const param of CANONICAL_PARAMS) reader.take(param);
  const report = reader.report();
  const placeOf = (param: string): number | undefined => {
    const at = report.findIndex(({ as, state }) => as === param && state === 'taken');
    return at < 0 ? undefined : at;
  };
  const fields = names.map((_, i): ConversionField | null => {
    const column = own[i];
    if (column !== undefined) return own.indexOf(column) === i ? OWN_FIELDS[column] : null;
    return report[i]?.state === 'taken' ? report[i].as : null;
  });
  return {
    names: [...names],
    fields,
    ignored: names.filter((_, i) => fields[i] === null),
    hasOwner: fields.includes('click_id') || fields.includes('link_id'),
    amountAt: placeOf('payout'),
    timeAt: placeOf('time'),
  };
}

/** Which column is one that only files have, by its name or by choice. */
export function ownColumns(names: readonly string[], chosen: ChosenColumns): (OwnColumn | undefined)[] {
  return names.map((name, i) => {
    const field = chosen.fieldAt(i);
    if (field !== undefined) return OWN_COLUMNS.find((column) => OWN_FIELDS[column] === field);
    const column = ownColumn(name);
    return column === undefined || chosen.has(OWN_FIELDS[column]) ? undefined : column;
  });
}

function ownColumn(name: string): OwnColumn | undefined {
  const key = nameKey(name);
  return OWN_COLUMNS.find((column) => (OWN_NAMES[column] as readonly string[]).includes(key));
}
