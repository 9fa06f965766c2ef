import { COST_DIMENSIONS, SHARED_TEXT_COLUMNS } from '../rules/facts.js';

/** A copy of another version is made again beside the old one. */
export const FACTS_VERSION = 2;

const COST_TEXTS = COST_DIMENSIONS.map((dimension) => `${dimension} VARCHAR`).join(', ');
const TEXTS = SHARED_TEXT_COLUMNS.map((column) => `${column} VARCHAR`).join(', ');

/**
 * The tables of the copy. There are no keys: the feed sees to it that no row is there twice. Workspaces are numbered, because
 * DuckDB skips blocks by the least and greatest number in them, which saves a third of the time of a short report. Flags are
 * numbers: a sum of them takes half the time of a conditional count. `clicks.entry` is the number of the cost entry that is
 * spread over the click; it has that share instead of its own cost.
 */
export const CREATE_TABLES = `
  CREATE TABLE clicks (ws INTEGER, link VARCHAR, at_ms BIGINT, code BIGINT, bot_reason VARCHAR, is_bot UTINYINT,
    is_unique UTINYINT, asn UINTEGER, cost DECIMAL(18, 9), cost_currency VARCHAR, entry INTEGER, ${TEXTS});
  CREATE TABLE conversions (ws INTEGER, id VARCHAR, link VARCHAR, network VARCHAR, event_type VARCHAR, status VARCHAR,
    is_ftd BOOLEAN, clicked_ms BIGINT, converted_ms BIGINT, payout DECIMAL(38, 12), payout_currency VARCHAR,
    revenue DECIMAL(38, 12), revenue_currency VARCHAR, asn UINTEGER, ${TEXTS});
  CREATE TABLE links (ws INTEGER, id VARCHAR, hostname VARCHAR, slug VARCHAR, campaign VARCHAR, network VARCHAR, tags VARCHAR[]);
  CREATE TABLE cost_entries (number INTEGER, ws INTEGER, id VARCHAR, from_ms BIGINT, to_ms BIGINT, amount DECIMAL(38, 9),
    currency VARCHAR, dimensions VARCHAR, clicks BIGINT, share DECIMAL(38, 18), ${COST_TEXTS});
  CREATE TABLE workspaces (ws INTEGER, id VARCHAR);
  CREATE TABLE copy_state (version INTEGER, resume_token VARCHAR, is_complete BOOLEAN);
  INSERT INTO copy_state VALUES (${FACTS_VERSION}, NULL, FALSE);
`;
