import { CsvError } from '../platform/csv/csv-error.js';
import { CsvReader, type CsvRecord } from '../platform/csv/csv-reader.js';
import type { RateDay } from './rate-days.js';
import { isRate, isRatedCurrency, parseDay } from './rate-values.js';

/** A line that can not be taken. */
export interface LineProblem {
  line: number;
  code: string;
  message: string;
}

export type RatesReading = { ok: true; days: RateDay[] } | { ok: false; problems: LineProblem[] };

const LIMITS = { maxFieldChars: 100, maxRecordChars: 10_000, maxFields: 400 };

/**
 * Reads rates in the layout of the European Central Bank's files: a header `Date,USD,JPY,…`, then a line a day with the units of
 * each currency for 1 EUR. `N/A` or nothing where there is no rate. Finds fault with every bad line, once for each.
 */
export function readRatesCsv(text: string | Uint8Array): RatesReading {
  let records: CsvRecord[];
  try {
    const reader = new CsvReader(LIMITS);
    records = [...reader.push(text), ...reader.end()];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, problems: [{ line: error.line, code: error.code, message: error.message }] };
  }
  const [header, ...lines] = records.map(({ line, fields }) => ({ line, cells: withoutTail(fields) }));
  if (!header) return failed({ line: 1, code: 'no_rates', message: 'there is no line' });
  const [dateName = '', ...currencies] = header.cells;
  const wrong = headerProblem(dateName, currencies);
  if (wrong !== undefined) return failed({ line: header.line, code: 'header', message: wrong });
  if (lines.length === 0)
    return failed({ line: header.line, code: 'no_rates', message: 'no line comes after the header' });

  const days = new Map<string, RateDay>();
  const problems: LineProblem[] = [];
  for (const { line, cells } of lines) {
    const read = readLine(cells, currencies);
    if ('problem' in read) problems.push({ line, code: 'line', message: read.problem });
    else if (days.has(read.day)) problems.push({ line, code: 'repeated_day', message: `${read.day} was there before` });
    else days.set(read.day, read);
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, days: [...days.values()] };
}

function failed(problem: LineProblem): RatesReading {
  return { ok: false, problems: [problem] };
}

/** The ECB ends its lines with a comma. */
function withoutTail(fields: string[]): string[] {
  const cells = fields.map((field) => field.trim());
  return cells.at(-1) === '' ? cells.slice(0, -1) : cells;
}

function headerProblem(dateName: string, currencies: string[]): string | undefined {
  if (dateName.toLowerCase() !== 'date') return 'the first line must be Date and then currencies: Date,USD,JPY';
  if (currencies.length === 0) return 'there is no currency after Date';
  const unknown = currencies.filter((code) => !isRatedCurrency(code));
  if (unknown.length > 0) return `no codes of 2 to 10 capitals other than EUR: ${unknown.join(', ')}`;
  const repeated = currencies.filter((code, i) => currencies.indexOf(code) !== i);
  return repeated.length > 0 ? `there twice: ${repeated.join(', ')}` : undefined;
}

function readLine(cells: string[], currencies: string[]): RateDay | { problem: string } {
  const [dateText = '', ...values] = cells;
  const day = parseDay(dateText);
  const faults: string[] = [];
  if (day === undefined) faults.push(`"${dateText}" is no date such as 2026-11-20`);
  if (values.length > currencies.length) faults.push('there are more values than currencies');
  const rates: Record<string, string> = {};
  for (const [i, currency] of currencies.entries()) {
    const value = values[i] ?? '';
    if (value === '' || value.toUpperCase() === 'N/A') continue;
    if (isRate(value)) rates[currency] = value;
    else faults.push(`${currency} "${value}" is no positive decimal such as 1.0824`);
  }
  if (faults.length === 0 && Object.keys(rates).length === 0) faults.push('there is no rate');
  return day === undefined || faults.length > 0 ? { problem: faults.join('; ') } : { day, rates };
}
