import { type DuckDBConnection, type DuckDBValue, LIST, listValue, VARCHAR } from '@duckdb/node-api';
import { formatAmount, type Money } from '../../platform/money/money.js';
import type { FoundReport } from '../rules/found-report.js';
import { isMedian, type Measure } from '../rules/measures.js';
import type { MeasuredGroup } from '../rules/present-report.js';
import type { MeasureValues, ReportQuestion } from '../rules/report-question.js';
import { numbersSql, type QuestionNumbers, toQuestionNumbers } from '../rules/sql/question-numbers.js';
import {
  otherCostsSql,
  otherCurrenciesSql,
  REPORT_PARTS,
  reportSql,
  type SqlStatement,
} from '../rules/sql/report-sql.js';

const FIRST_COLUMNS = 3;

/** Runs the statements of a question on one connection, about one state of the copy. */
export async function findReport(connection: DuckDBConnection, question: ReportQuestion): Promise<FoundReport> {
  await connection.run('BEGIN');
  try {
    const numbers = await findNumbers(connection, question);
    const found = await readGroups(connection, question, numbers);
    const otherCurrencies = await readMoney(connection, otherCurrenciesSql(question, numbers));
    const otherCosts = await readMoney(connection, otherCostsSql(question, numbers));
    const linkNames = await readLinkNames(connection, question, { rows: found.rows, workspace: numbers.workspace });
    return { ...found, otherCurrencies, otherCosts, linkNames };
  } finally {
    await connection.run('COMMIT').catch(() => undefined);
  }
}

async function readGroups(
  connection: DuckDBConnection,
  question: ReportQuestion,
  numbers: QuestionNumbers,
): Promise<Pick<FoundReport, 'rows' | 'groups' | 'totals' | 'ofGroups'>> {
  const statement = reportSql(question, numbers);
  const found = await read(connection, statement);
  const positioned: { position: number; row: MeasuredGroup }[] = [];
  let groups = 0;
  let ofGroups: MeasuredGroup = { keys: [], measures: {} };
  let totals: MeasuredGroup | undefined;
  for (const columns of found) {
    const [part, position, count] = columns.slice(0, FIRST_COLUMNS).map(Number) as [number, number, number];
    const row = toFoundRow(columns.slice(FIRST_COLUMNS), question, statement.measures);
    if (part === REPORT_PARTS.row) positioned.push({ position, row });
    else if (part === REPORT_PARTS.totals) totals = { ...row, keys: [] };
    else {
      ofGroups = { ...row, keys: [] };
      groups = count;
    }
  }
  totals ??= ofGroups;
  if (question.groupBy.length === 0) return { rows: [], groups: 0, totals, ofGroups };
  positioned.sort((a, b) => a.position - b.position);
  return { rows: positioned.map(({ row }) => row), groups, totals, ofGroups };
}

async function readLinkNames(
  connection: DuckDBConnection,
  { groupBy }: ReportQuestion,
  { rows, workspace }: { rows: readonly MeasuredGroup[]; workspace: number },
): Promise<Record<string, string>> {
  const index = groupBy.indexOf('link');
  if (index < 0 || rows.length === 0) return {};
  const ids = [...new Set(rows.map(({ keys }) => String(keys[index])))];
  const found = await connection.runAndReadAll(
    `SELECT id, concat(hostname, '/', slug) FROM links WHERE ws = ${workspace} AND id IN (SELECT unnest($1))`,
    [listValue(ids)],
    [LIST(VARCHAR)],
  );
  return Object.fromEntries(found.getRows() as [string, string][]);
}

/** The numbers that the copy has for the texts of a question. */
export async function findNumbers(connection: DuckDBConnection, question: ReportQuestion): Promise<QuestionNumbers> {
  return toQuestionNumbers(question, await read(connection, numbersSql(question)));
}

/** A row of a result. @param columns keys, measures, measures of the compared period. */
export function toFoundRow(
  columns: readonly DuckDBValue[],
  { groupBy, compare }: ReportQuestion,
  measures: readonly Measure[],
): MeasuredGroup {
  const keys = columns.slice(0, groupBy.length).map((key) => plainValue(key));
  const ownFrom = groupBy.length;
  const measuresFrom = (from: number): MeasureValues => {
    const values: MeasureValues = {};
    for (const [i, measure] of measures.entries()) {
      // A group that the compared period does not have has no facts there.
      values[measure] = plainValue(columns[from + i] ?? null) ?? (isMedian(measure) ? null : 0);
    }
    return values;
  };
  const own = measuresFrom(ownFrom);
  return compare === undefined
    ? { keys, measures: own }
    : { keys, measures: own, compared: measuresFrom(ownFrom + measures.length) };
}

/** DuckDB gives whole numbers of 64 bits as bigint. All of ours are below 2^53. */
function plainValue(value: DuckDBValue): string | number | null {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value;
  throw new Error(`an unexpected value of a report: ${String(value)}`);
}

async function readMoney(
  connection: DuckDBConnection,
  statement: Omit<SqlStatement, 'measures'> | undefined,
): Promise<Money[]> {
  const rows = statement === undefined ? [] : await read(connection, statement);
  return rows.map(([currency, amount]) => ({ currency: String(currency), amount: formatAmount(String(amount)) }));
}

async function read(
  connection: DuckDBConnection,
  { sql, texts }: Omit<SqlStatement, 'measures'>,
): Promise<DuckDBValue[][]> {
  return (await connection.runAndReadAll(sql, texts)).getRows();
}
