import {
  type DuckDBAppender,
  type DuckDBConnection,
  DuckDBDecimalValue,
  listValue,
  LIST,
  VARCHAR,
} from '@duckdb/node-api';
import { COST_DECIMALS } from '../../../clicks/rules/click-cost.js';
import { CONVERSION_AMOUNTS, CONVERSION_COUNTS, CONVERSION_TIMES } from '../../rules/conversion-measures.js';
import {
  type ClickFact,
  type ClickKey,
  type ConversionFact,
  COST_DIMENSIONS,
  type CostFact,
  type LinkFact,
  SHARED_TEXT_COLUMNS,
} from '../../rules/facts.js';
import { isNumberedField } from '../../rules/numbered-texts.js';
import { QUARTER_MS } from '../../rules/sql/time-sql.js';
import { parseScaledAmount } from '../../../platform/money/scaled-amount.js';
import type { NumberedText, TextNumbers } from './text-numbers.js';

// The rows of the copy's tables, column by column (facts-schema.ts).

const AMOUNT_DECIMALS = 12;
export const SHARE_DECIMALS = 18;
const NUMBERED = SHARED_TEXT_COLUMNS.map((column) => (isNumberedField(column) ? column : undefined));
const COUNTS = Object.values(CONVERSION_COUNTS);
const AMOUNTS = Object.values(CONVERSION_AMOUNTS);
const TIMES = Object.values(CONVERSION_TIMES);

/** Adds rows to a table, with the transaction of the connection. */
export async function appendRows<T>(
  connection: DuckDBConnection,
  table: string,
  rows: Iterable<T>,
  appendRow: (appender: DuckDBAppender, row: T) => void,
): Promise<void> {
  const appender = await connection.createAppender(table);
  try {
    for (const row of rows) {
      appendRow(appender, row);
      appender.endRow();
    }
  } finally {
    appender.closeSync();
  }
}

export function appendClick(appender: DuckDBAppender, row: ClickFact, numbers: TextNumbers): void {
  const { atMs, code } = row.key;
  appender.appendInteger(numbers.numberOf('workspace', row.workspaceId));
  appender.appendInteger(numbers.numberOf('link', row.linkId));
  appender.appendBigInt(BigInt(atMs));
  appender.appendInteger(Math.floor(atMs / QUARTER_MS));
  appender.appendBigInt(code);
  appender.appendInteger(numbers.numberOf('bot_reason', row.botReason));
  appender.appendUTinyInt(row.botReason === null ? 0 : 1);
  appender.appendUTinyInt(row.isUnique ? 1 : 0);
  appendAsn(appender, row.asn);
  appendAmount(appender, row.cost, { width: 18, decimals: COST_DECIMALS });
  appender.appendInteger(numbers.numberOf('currency', row.cost?.currency ?? null));
  appender.appendNull(); // entry
  appendSharedTexts(appender, row.texts, numbers);
}

export function appendConversion(appender: DuckDBAppender, row: ConversionFact, numbers: TextNumbers): void {
  appender.appendInteger(numbers.numberOf('workspace', row.workspaceId));
  appender.appendVarchar(row.id);
  appender.appendInteger(numbers.numberOf('link', row.linkId));
  appender.appendInteger(numbers.numberOf('network', row.networkId));
  appender.appendInteger(numbers.numberOf('event_type', row.eventType));
  appender.appendInteger(numbers.numberOf('status', row.status));
  // Revenue of a link as a whole has no click.
  appender.appendBigInt(BigInt(row.clickedMs ?? row.convertedMs));
  appender.appendBigInt(BigInt(row.convertedMs));
  appender.appendInteger(numbers.numberOf('currency', row.revenue?.currency ?? null));
  for (const isCounted of COUNTS) appender.appendUTinyInt(isCounted(row) ? 1 : 0);
  for (const isSummed of AMOUNTS) {
    appendAmount(appender, isSummed(row) ? row.revenue : null, { width: 38, decimals: AMOUNT_DECIMALS });
  }
  for (const timeOf of TIMES) appendMs(appender, timeOf(row));
  appendAsn(appender, row.asn);
  appendSharedTexts(appender, row.texts, numbers);
}

export function appendLink(appender: DuckDBAppender, row: LinkFact, numbers: TextNumbers): void {
  appender.appendInteger(numbers.numberOf('workspace', row.workspaceId));
  appender.appendInteger(numbers.numberOf('link', row.id));
  appender.appendVarchar(row.id);
  appender.appendVarchar(row.hostname);
  appendVarchar(appender, row.slug);
  appendVarchar(appender, row.campaign);
  appender.appendInteger(numbers.numberOf('network', row.networkId));
  appender.appendList(listValue(row.tags), LIST(VARCHAR));
}

/** A cost without clicks: they are found afterwards. */
export function appendCostEntry(
  appender: DuckDBAppender,
  row: CostFact & { number: number },
  numbers: TextNumbers,
): void {
  appender.appendInteger(row.number);
  appender.appendInteger(numbers.numberOf('workspace', row.workspaceId));
  appender.appendVarchar(row.id);
  appender.appendBigInt(BigInt(row.fromMs));
  appender.appendBigInt(BigInt(row.toMs));
  appendAmount(appender, row.cost, { width: 38, decimals: COST_DECIMALS });
  appender.appendInteger(numbers.numberOf('currency', row.cost.currency));
  appender.appendVarchar(COST_DIMENSIONS.filter((_, i) => row.values[i] !== null).join());
  appendShare(appender, { clicks: 0n, share: 0n });
  for (const [i, dimension] of COST_DIMENSIONS.entries()) {
    const value = row.values[i] ?? null;
    if (value !== null && isNumberedField(dimension)) appender.appendInteger(numbers.numberOf(dimension, value));
    else appendVarchar(appender, value);
  }
}

/** @param share in eighteenth decimals. */
export function appendShare(appender: DuckDBAppender, { clicks, share }: { clicks: bigint; share: bigint }): void {
  appender.appendBigInt(clicks);
  appender.appendDecimal(new DuckDBDecimalValue(share, 38, SHARE_DECIMALS));
}

export function appendText(appender: DuckDBAppender, { field, number, text }: NumberedText): void {
  appender.appendVarchar(field);
  appender.appendInteger(number);
  appender.appendVarchar(text);
}

export function appendClickKey(appender: DuckDBAppender, { atMs, code }: ClickKey): void {
  appendMs(appender, atMs ?? null);
  appender.appendBigInt(code);
}

function appendSharedTexts(appender: DuckDBAppender, texts: readonly (string | null)[], numbers: TextNumbers): void {
  for (const [i, field] of NUMBERED.entries()) {
    const text = texts[i] ?? null;
    if (field === undefined) appendVarchar(appender, text);
    else appender.appendInteger(numbers.numberOf(field, text));
  }
}

function appendVarchar(appender: DuckDBAppender, text: string | null): void {
  if (text === null) appender.appendNull();
  else appender.appendVarchar(text);
}

function appendMs(appender: DuckDBAppender, ms: number | null): void {
  if (ms === null) appender.appendNull();
  else appender.appendBigInt(BigInt(ms));
}

/** Numbers of autonomous systems have 32 bits without a sign. */
function appendAsn(appender: DuckDBAppender, asn: number | null): void {
  if (asn === null) appender.appendNull();
  else appender.appendUInteger(asn);
}

function appendAmount(
  appender: DuckDBAppender,
  money: { amount: string } | null,
  { width, decimals }: { width: number; decimals: number },
): void {
  if (money === null) appender.appendNull();
  else appender.appendDecimal(new DuckDBDecimalValue(parseScaledAmount(money.amount, decimals), width, decimals));
}
