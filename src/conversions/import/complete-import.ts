import type { NetworkDialect } from '../../networks/rules/reading/reading.js';
import type { ConversionImport } from './conversion-import.schema.js';

/** Stands in imports of the earlier version for `header` and the current `dialect`. */
interface EarlierImport {
  places?: Record<string, number>;
  dialect?: Partial<NetworkDialect> & { events?: Record<string, string>; statuses?: Record<string, string> };
}

/** An import as stored, perhaps by an earlier release that did not know all fields yet, with all of them. */
export function completeImport(stored: ConversionImport): ConversionImport {
  const { places = {}, dialect = {} }: EarlierImport = stored as EarlierImport;
  const {
    header = namesAt(places),
    conventions = {},
    transactions = 'click',
    repeats = {},
    warnings = [],
    additions = {},
  } = stored as Partial<ConversionImport>;
  const { mapping, defaults = {}, events = {}, statuses = {} } = dialect;
  const complete = mapping ? stored.dialect : { mapping: { params: {}, events, statuses }, defaults };
  return { ...stored, header, conventions, transactions, repeats, warnings, additions, dialect: complete };
}

/** Where each column stood was kept then, by our name for it. */
function namesAt(places: Record<string, number>): string[] {
  const names: string[] = [];
  for (const [name, at] of Object.entries(places)) names[at] = name;
  return Array.from(names, (name) => name ?? '');
}
