import { CONVERSION_AMOUNTS, CONVERSION_COUNTS, CONVERSION_TIMES } from '../../rules/conversion-measures.js';
import { COST_DIMENSIONS, SHARED_TEXT_COLUMNS } from '../../rules/facts.js';
import { isNumberedField } from '../../rules/numbered-texts.js';

/** A copy of another version is made again beside the old one. */
export const FACTS_VERSION = 3;

const columns = (names: readonly string[], type: string): string => names.map((name) => `${name} ${type}`).join(', ');
const texts = (names: readonly string[]): string =>
  names.map((name) => `${name} ${isNumberedField(name) ? 'INTEGER' : 'VARCHAR'}`).join(', ');
const TEXTS = texts(SHARED_TEXT_COLUMNS);
const COUNTS = columns(Object.keys(CONVERSION_COUNTS), 'UTINYINT');
const AMOUNTS = columns(Object.keys(CONVERSION_AMOUNTS), 'DECIMAL(38, 12)');
const TIMES = columns(Object.keys(CONVERSION_TIMES), 'BIGINT');

/**
 * The tables of the copy. There are no keys: the feed sees to it that no row is there twice. The numbers of texts are in
 * `texts` (numbered-texts.ts). DuckDB skips blocks by the least and greatest number in them: for a workspace, that saves a
 * third of the time of a short report. Flags are numbers: a sum of them takes half the time of a conditional count. Quarter
 * hours are there for reports by time alone. `clicks.entry` is the number of the cost entry that is spread over the click; it
 * has that share instead of its own cost.
 */
export const CREATE_TABLES = `
  CREATE TABLE clicks (ws INTEGER, link INTEGER, at_ms BIGINT, at_quarter INTEGER, code BIGINT, bot_reason INTEGER,
    is_bot UTINYINT, is_unique UTINYINT, asn UINTEGER, cost DECIMAL(18, 9), cost_currency INTEGER, entry INTEGER,
    ${TEXTS});
  CREATE TABLE conversions (ws INTEGER, id VARCHAR, link INTEGER, network INTEGER, event_type INTEGER, status INTEGER,
    at_ms BIGINT, converted_ms BIGINT, currency INTEGER, ${COUNTS}, ${AMOUNTS}, ${TIMES}, asn UINTEGER, ${TEXTS});
  CREATE TABLE links (ws INTEGER, link INTEGER, id VARCHAR, hostname VARCHAR, slug VARCHAR, campaign VARCHAR, network INTEGER,
    tags VARCHAR[]);
  CREATE TABLE cost_entries (number INTEGER, ws INTEGER, id VARCHAR, from_ms BIGINT, to_ms BIGINT, amount DECIMAL(38, 9),
    currency INTEGER, dimensions VARCHAR, clicks BIGINT, share DECIMAL(38, 18), ${texts(COST_DIMENSIONS)});
  CREATE TABLE texts (field VARCHAR, number INTEGER, text VARCHAR);
  CREATE TABLE copy_state (version INTEGER, resume_token VARCHAR, is_complete BOOLEAN);
  INSERT INTO copy_state VALUES (${FACTS_VERSION}, NULL, FALSE);
`;
