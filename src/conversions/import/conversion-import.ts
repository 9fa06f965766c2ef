import type { RepeatPolicy } from '../../networks/network.schema.js';
import type { TransactionScope } from '../../networks/rules/network-words.js';
import type { FileConventions } from '../../networks/rules/reading/read-event.js';
import type { MappingAdditions, NetworkDialect } from '../../networks/rules/reading/reading.js';
import type { ImportJob } from '../../imports/import-job.schema.js';
import type { ColumnPositions } from '../rules/import/column-mapping.js';
import type { StoredRow } from '../../imports/import-chunk.schema.js';
import type { ConversionImportWarning } from './row-result.js';

/** The fields of an import of conversions beside those of every import job. */
export interface ConversionFileFields {
  networkId: string | null;
  /** How its network's words are read, as it was when the file came. */
  dialect: NetworkDialect;
  /** Names of the columns. */
  header: string[];
  /** Formats of amounts and dates that the unambiguous rows show. */
  conventions: FileConventions;
  /** Scope of the network's transaction ids, and its rule for repeats without one. */
  transactions: TransactionScope;
  repeats: Record<string, RepeatPolicy>;
  /** Columns that a person has chosen; absent where the names alone decide. */
  positions?: ColumnPositions;
  /** Number of columns in the header; rows have no more cells. Absent in imports of earlier versions. */
  columns?: number;
  /** The same file again changes nothing. */
  fileHash: string | null;
  /** Values in accepted rows that were dropped, guessed or left open, by kind. */
  warnings: ConversionImportWarning[];
  /** Additions to the network's mapping with which more of the file is read. */
  additions: MappingAdditions;
}

export type ConversionImport = ImportJob & ConversionFileFields;

/** A row of the file as it came. */
export interface ConversionFileRow extends StoredRow {
  fields: string[];
}

/** Fields that an import stored by an earlier version has in place of `header` and of today's `dialect`. */
interface EarlierImport {
  places?: Record<string, number>;
  dialect?: Partial<NetworkDialect> & { events?: Record<string, string>; statuses?: Record<string, string> };
}

/** A stored import with all fields, also of an earlier version that did not know all of them. */
export function completeImport(stored: ImportJob): ConversionImport {
  const { places = {}, dialect = {} } = stored as EarlierImport;
  const job = stored as ConversionImport;
  const {
    header = namesAt(places),
    conventions = {},
    transactions = 'click',
    repeats = {},
    warnings = [],
    additions = {},
    fileHash = null,
    networkId = null,
  } = stored as Partial<ConversionImport>;
  const { mapping, defaults = {}, events = {}, statuses = {} } = dialect;
  const complete = mapping ? job.dialect : { mapping: { params: {}, events, statuses }, defaults };
  const fields = { header, conventions, transactions, repeats, warnings, additions, fileHash, networkId };
  return { ...stored, ...fields, dialect: complete };
}

/** Earlier versions stored the position of each column by our name for it. */
function namesAt(places: Record<string, number>): string[] {
  const names: string[] = [];
  for (const [name, at] of Object.entries(places)) names[at] = name;
  return Array.from(names, (name) => name ?? '');
}
