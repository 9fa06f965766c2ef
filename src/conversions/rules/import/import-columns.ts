import { CANONICAL_PARAMS } from '../../../networks/rules/canonical-params.js';
import { nameKey } from '../../../networks/rules/reading/name-key.js';
import { Reader } from '../../../networks/rules/reading/reader.js';
import type { NetworkDialect } from '../../../networks/rules/reading/reading.js';

/** Column names that only files use, beside the parameter names of requests; compared by `nameKey`. */
const OWN_NAMES = {
  linkId: ['linkid', 'link'],
  networkId: ['networkid'],
  note: ['note', 'notes', 'comment'],
} as const;
export type OwnColumn = keyof typeof OWN_NAMES;

export interface HeaderReading {
  /** The names of the columns as they came. */
  names: string[];
  /** Names of columns that are not read: unknown ones, and those that another column goes before. */
  ignored: string[];
  /** Whether a column can say whose conversion a row is. */
  hasOwner: boolean;
  /** Where the amounts and the times stand, as far as the header tells. */
  amountAt: number | undefined;
  timeAt: number | undefined;
}

/** The header row in the words of a network. */
export function readHeader(names: readonly string[], dialect: NetworkDialect): HeaderReading {
  // Each column as if it were filled: so the names alone decide.
  const reader = new Reader(
    names.map((name) => ({ name, value: ownColumn(name) === undefined ? '1' : '' })),
    dialect,
  );
  for (const param of CANONICAL_PARAMS) reader.take(param);
  const report = reader.report();
  const placeOf = (param: string): number | undefined => {
    const at = report.findIndex(({ as, state }) => as === param && state === 'taken');
    return at < 0 ? undefined : at;
  };
  return {
    names: [...names],
    ignored: names.filter((name, i) => report[i]?.state !== 'taken' && !isFirstOwn(names, name, i)),
    hasOwner: placeOf('click_id') !== undefined || names.some((name) => ownColumn(name) === 'linkId'),
    amountAt: placeOf('payout'),
    timeAt: placeOf('time'),
  };
}

export function ownColumn(name: string): OwnColumn | undefined {
  const key = nameKey(name);
  return (Object.keys(OWN_NAMES) as OwnColumn[]).find((column) =>
    (OWN_NAMES[column] as readonly string[]).includes(key),
  );
}

function isFirstOwn(names: readonly string[], name: string, at: number): boolean {
  const column = ownColumn(name);
  return column !== undefined && names.findIndex((one) => ownColumn(one) === column) === at;
}
