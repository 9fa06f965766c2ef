import type { FieldProblem } from '../../platform/http/problems/problem.js';
import { isNumberDimension, isTextDimension, isTimeDimension, type ReportDimension } from './dimensions.js';
import type { DimensionValue, DimensionFilter } from './report-question.js';
import { parseTimeKey } from './time-keys.js';

/** Facts without a value. */
export const NO_VALUE = '(none)';
const MAX_VALUES = 200;

type FilterReading = { ok: true; filter: DimensionFilter } | { ok: false; problem: FieldProblem };

/**
 * Reads a filter: `DE` (is), `DE,AT` (is one of), `-DE,AT` (is none of), `~text` (contains), `-~text` (does not contain),
 * `(none)` (has no value). A backslash before a comma, a leading `-`, `~` or `(`, or a backslash makes it a part of the value.
 */
export function readFilter(dimension: ReportDimension, text: string): FilterReading {
  const isExcluding = text.startsWith('-');
  const rest = isExcluding ? text.slice(1) : text;
  const mode = rest.startsWith('~') ? 'contains' : 'equals';
  if (mode === 'contains' && !isTextDimension(dimension)) {
    return problem(dimension, 'not_text', `${dimension} is not a text: name its values instead of \`~\``);
  }
  const parts = splitValues(mode === 'contains' ? rest.slice(1) : rest);
  if (parts.length > MAX_VALUES) {
    return problem(dimension, 'too_many', `${dimension} may have at most ${MAX_VALUES} values; it has ${parts.length}`);
  }
  const values: DimensionValue[] = [];
  for (const part of parts) {
    const value = readValue(dimension, part, mode);
    if (value === undefined) return problem(dimension, 'invalid_value', invalidValue(dimension, part.text));
    values.push(value);
  }
  return { ok: true, filter: { dimension, isExcluding, mode, values } };
}

interface ValueText {
  text: string;
  /** Whether its first character was escaped, so that `\(none)` is a text. */
  isEscaped: boolean;
}

function readValue(
  dimension: ReportDimension,
  { text, isEscaped }: ValueText,
  mode: DimensionFilter['mode'],
): DimensionValue | undefined {
  if (text === '') return undefined;
  if (text === NO_VALUE && !isEscaped) return mode === 'equals' ? null : undefined;
  if (isTimeDimension(dimension)) return parseTimeKey(dimension, text);
  if (isNumberDimension(dimension)) return /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  return text;
}

/** The value of a row as a filter that selects exactly it. */
export function formatFilterValue(value: DimensionValue): string {
  if (value === null) return NO_VALUE;
  return String(value)
    .replaceAll(/[\\,]/g, String.raw`\$&`)
    .replace(/^[-~(]/, String.raw`\$&`);
}

function splitValues(text: string): ValueText[] {
  const values: ValueText[] = [{ text: '', isEscaped: false }];
  for (let i = 0; i < text.length; i++) {
    const last = values.at(-1) as ValueText;
    if (text[i] === '\\' && i + 1 < text.length) {
      if (last.text === '') last.isEscaped = true;
      last.text += text[++i];
    } else if (text[i] === ',') values.push({ text: '', isEscaped: false });
    else last.text += text[i];
  }
  return values;
}

/** The parts between commas that no backslash escapes. Backslashes stay for `readFilter`. */
export function splitUnescaped(text: string): string[] {
  return text === '' ? [] : (text.match(/(?:\\.|[^,\\])+/gs) ?? []);
}

const EXAMPLES: Partial<Record<ReportDimension, string>> = {
  asn: '3320',
  hour: '2026-11-23T10:00:00Z',
  day: '2026-11-23',
  week: '2026-11-23',
  month: '2026-11',
  weekday: '1 (Monday) to 7',
  hourOfDay: '0 to 23',
};

function invalidValue(dimension: ReportDimension, text: string): string {
  const example = EXAMPLES[dimension];
  if (text === '') return `${dimension} has an empty value; ${NO_VALUE} means facts without one`;
  return `"${text.slice(0, 60)}" is no value of ${dimension}${example === undefined ? '' : `; write it as ${example}`}`;
}

function problem(path: string, code: string, message: string): { ok: false; problem: FieldProblem } {
  return { ok: false, problem: { path, code, message } };
}
