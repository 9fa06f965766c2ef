import type { FieldProblem } from '../../../platform/http/problems/problem.js';
import { MAX_PROBLEMS } from '../../../platform/http/validation/inspect-body.js';
import { CsvError } from '../../../platform/csv/csv-error.js';
import { CsvReader } from '../../../platform/csv/csv-reader.js';
import { surplusCells, surplusHint } from '../../../platform/csv/csv-table.js';
import { COST_FIELDS, type CostDefaults, type GivenCost, readCost } from './read-cost.js';

export type CostsReading = { ok: true; costs: GivenCost[] } | { ok: false; problems: FieldProblem[] };

/** Costs that one request may have: a day of each of some thousand zones of a source. */
export const MAX_COSTS = 5_000;
const LIMITS = { maxFieldChars: 1_000, maxRecordChars: 20_000, maxFields: 50 };
/** Characters read in one step: a few milliseconds of work. */
const STEP_CHARS = 32_768;
const STEP = 200;

/**
 * Reads costs from CSV: a header with the names of fields in any order, then one line for each cost. All or nothing: every
 * wrong line is reported, up to a hundred. Yields after each part, so that the event loop can do other work.
 */
export function* readCostsCsv(text: Uint8Array, defaults: CostDefaults): Generator<void, CostsReading> {
  const table = new CostTable(defaults);
  const reader = new CsvReader(LIMITS);
  try {
    for (let i = 0; i < text.length && !table.isFull; i += STEP_CHARS) {
      for (const { line, fields } of reader.push(text.slice(i, i + STEP_CHARS))) table.add(line, fields);
      yield;
    }
    if (!table.isFull) for (const { line, fields } of reader.end()) table.add(line, fields);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { line, code, message } = error;
    return { ok: false, problems: [{ path: `line ${line}`, code, message }] };
  }
  return table.reading();
}

/** Reads costs from the list of a JSON body. Yields after each part. */
export function* readCostList(list: readonly unknown[], defaults: CostDefaults): Generator<void, CostsReading> {
  const costs: GivenCost[] = [];
  const problems: FieldProblem[] = [];
  for (let i = 0; i < list.length && problems.length < MAX_PROBLEMS; i++) {
    const reading = readCost(list[i], `costs.${i}`, defaults);
    if (reading.ok) costs.push(reading.cost);
    else problems.push(...reading.problems);
    if (i % STEP === STEP - 1) yield;
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, costs };
}

class CostTable {
  private readonly costs: GivenCost[] = [];
  private readonly problems: FieldProblem[] = [];
  private header: string[] | undefined;

  constructor(private readonly defaults: CostDefaults) {}

  /** Whether reading can stop. */
  get isFull(): boolean {
    return this.problems.length >= MAX_PROBLEMS || this.costs.length > MAX_COSTS;
  }

  add(line: number, fields: string[]): void {
    if (this.isFull) return;
    const path = `line ${line}`;
    if (this.header === undefined) {
      this.header = fields.map((name) => name.trim().toLowerCase());
      this.problems.push(...headerProblems(this.header, path));
      return;
    }
    if (surplusCells(fields, this.header.length).length > 0) {
      this.problems.push({ path, code: 'surplus_cells', message: surplusHint(fields, this.header.length) });
      return;
    }
    const reading = readCost(Object.fromEntries(this.header.map((name, i) => [name, fields[i]])), path, this.defaults);
    if (reading.ok) this.costs.push(reading.cost);
    else this.problems.push(...reading.problems);
  }

  reading(): CostsReading {
    if (this.problems.length > 0) return { ok: false, problems: this.problems };
    if (this.costs.length === 0) {
      const message = 'no line comes after the header, which is as day,source,amount,currency';
      return { ok: false, problems: [{ path: 'line 1', code: 'no_costs', message }] };
    }
    if (this.costs.length <= MAX_COSTS) return { ok: true, costs: this.costs };
    const message = `a file has at most ${MAX_COSTS} costs; upload it in parts`;
    return { ok: false, problems: [{ path: 'line 1', code: 'too_many_lines', message }] };
  }
}

function headerProblems(header: readonly string[], path: string): FieldProblem[] {
  const known = COST_FIELDS.join(', ');
  const unknown = header.filter((name) => name !== '' && !COST_FIELDS.some((field) => field === name));
  const repeated = header.filter((name, i) => name !== '' && header.indexOf(name) !== i);
  const missing = ['day', 'amount'].filter((name) => !header.includes(name));
  return [
    ...unknown.map((name) => ({ path, code: 'header', message: `there is no column "${name}"; there are ${known}` })),
    ...repeated.map((name) => ({ path, code: 'header', message: `the column ${name} is there twice` })),
    ...missing.map((name) => ({ path, code: 'header', message: `the column ${name} is missing; there are ${known}` })),
  ];
}
