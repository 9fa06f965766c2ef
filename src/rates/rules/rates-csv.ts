import { CsvError } from '../../platform/csv/csv-error.js';
import { CsvReader, type CsvRecord } from '../../platform/csv/csv-reader.js';
import { MAX_PROBLEMS } from '../../platform/http/validation/inspect-body.js';
import type { RateDay } from './rate-days.js';
import { isRate, isRatedCurrency, parseDay } from './rate-values.js';

/** A line with an error. */
export interface LineProblem {
  line: number;
  code: string;
  message: string;
}

export type RatesReading = { ok: true; days: RateDay[] } | { ok: false; problems: LineProblem[] };

const LIMITS = { maxFieldChars: 100, maxRecordChars: 10_000, maxFields: 400 };

/** One line per day for more than fifty years. */
const MAX_LINES = 20_000;
/** Characters read in one step: a few milliseconds of work. */
const STEP_CHARS = 32_768;

/** Like `readRatesInSteps`, but without pauses: for short files. */
export function readRatesCsv(text: string | Uint8Array): RatesReading {
  const steps = readRatesInSteps(text);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * Reads rates in the layout of the European Central Bank's files: a header `Date,USD,JPY,…`, then one line per day with the
 * units of each currency for 1 EUR. A missing rate is `N/A` or empty. Each wrong line is reported once. Yields after each
 * part, so that the event loop can do other work.
 */
export function* readRatesInSteps(text: string | Uint8Array): Generator<void, RatesReading> {
  const table = new RatesTable();
  const reader = new CsvReader(LIMITS);
  try {
    for (let i = 0; i < text.length && !table.isFull; i += STEP_CHARS) {
      table.add(reader.push(text.slice(i, i + STEP_CHARS)));
      yield;
    }
    if (!table.isFull) table.add(reader.end());
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return failed({ line: error.line, code: error.code, message: error.message });
  }
  return table.reading();
}

/** Collects rates line by line. */
class RatesTable {
  private readonly days = new Map<string, RateDay>();
  private readonly problems: LineProblem[] = [];
  private headerLine: number | undefined;
  private currencies: string[] = [];
  private isHeaderWrong = false;
  private lines = 0;

  /** Whether reading can stop: the header is wrong, or there are too many lines or problems. */
  get isFull(): boolean {
    return this.isHeaderWrong || this.problems.length >= MAX_PROBLEMS || this.lines > MAX_LINES;
  }

  add(records: Iterable<CsvRecord>): void {
    for (const { line, fields } of records) {
      if (this.isFull) return;
      const cells = withoutTail(fields);
      if (this.headerLine === undefined) this.readHeader(line, cells);
      else this.readDay(line, cells);
    }
  }

  reading(): RatesReading {
    if (this.problems.length > 0) return { ok: false, problems: this.problems };
    if (this.headerLine === undefined) return failed({ line: 1, code: 'no_rates', message: 'there is no line' });
    if (this.lines === 0) {
      return failed({ line: this.headerLine, code: 'no_rates', message: 'no line comes after the header' });
    }
    if (this.lines > MAX_LINES) {
      const message = `a file has at most ${MAX_LINES} days; load it in parts`;
      return failed({ line: this.headerLine, code: 'too_many_lines', message });
    }
    return { ok: true, days: [...this.days.values()] };
  }

  private readHeader(line: number, [dateName = '', ...currencies]: string[]): void {
    this.headerLine = line;
    this.currencies = currencies;
    const wrong = headerProblem(dateName, currencies);
    this.isHeaderWrong = wrong !== undefined;
    if (wrong !== undefined) this.problems.push({ line, code: 'header', message: wrong });
  }

  private readDay(line: number, cells: string[]): void {
    this.lines++;
    const read = readLine(cells, this.currencies);
    if ('problem' in read) this.problems.push({ line, code: 'line', message: read.problem });
    else if (this.days.has(read.day)) {
      this.problems.push({ line, code: 'repeated_day', message: `${read.day} is in the file twice` });
    } else this.days.set(read.day, read);
  }
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
  return repeated.length > 0 ? `these columns are there twice: ${repeated.join(', ')}` : undefined;
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
