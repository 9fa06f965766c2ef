import { isLosslessNumber, parse, stringify } from 'lossless-json';
import type { Parameter } from '../../../networks/rules/reading/parameter.js';
import { shapeOf } from '../../../platform/http/validation/nesting.js';

/** `fields` is `null` for JSON without a value, such as `null` or `{}`. */
export type JsonReading = { ok: true; fields: Parameter[] | null } | { ok: false; message: string };

const NO_OBJECT = 'the body is neither a form nor a flat JSON object';
const MAX_DEPTH = 32;
const TOO_DEEP = `the body is nested too deep: more than ${MAX_DEPTH} levels`;
/** Far more than a conversion has. Lossless parsing takes 1 µs for each value, and masking takes another. */
export const MAX_JSON_VALUES = 5_000;
const TOO_MANY = `the body has more than ${MAX_JSON_VALUES} values`;

/** Reads the fields of a JSON object, or of a list with one object. A list of `{ name, value }` is a form (jQuery's serializeArray). */
export function readJson(text: string): JsonReading {
  return readText(text, true);
}

/** Never throws: a value that cannot be written as text counts as unreadable JSON. */
function readText(text: string, mayBePacked: boolean): JsonReading {
  const { depth, commas } = shapeOf(text, MAX_DEPTH);
  if (depth > MAX_DEPTH) return { ok: false, message: TOO_DEEP };
  if (commas > MAX_JSON_VALUES) return { ok: false, message: TOO_MANY };
  try {
    // Numbers keep their digits: a transaction id may have more than a double holds.
    return readValue(parse(text), mayBePacked);
  } catch {
    return { ok: false, message: NO_OBJECT };
  }
}

function readValue(json: unknown, mayBePacked: boolean): JsonReading {
  if (json === null || json === false || json === '') return { ok: true, fields: null };
  if (typeof json === 'string' && mayBePacked && /^\s*[{[]/.test(json)) return readText(json, false);
  if (Array.isArray(json)) return readList(json);
  if (!isObject(json)) return { ok: false, message: NO_OBJECT };
  const fields = fieldsOf(json);
  return { ok: true, fields: Object.keys(json).length === 0 ? null : fields };
}

function readList(list: unknown[]): JsonReading {
  const filled = list.filter((item) => item !== null && item !== undefined);
  if (filled.length === 0) return { ok: true, fields: null };
  const named = filled.map(namedValue);
  if (named.every((parameter) => parameter !== undefined)) return { ok: true, fields: named };
  if (!filled.every(isObject)) return { ok: false, message: NO_OBJECT };
  if (filled.length > 1) {
    return { ok: false, message: `the body is a list of ${filled.length} objects: send a request for each` };
  }
  return readValue(filled[0], false);
}

function namedValue(item: unknown): Parameter | undefined {
  if (!isObject(item) || Object.keys(item).length !== 2) return undefined;
  const { name, value } = item;
  return typeof name === 'string' && value !== undefined && !isObject(value) && !Array.isArray(value)
    ? toParameter(name, value ?? '')
    : undefined;
}

function fieldsOf(json: object): Parameter[] {
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
    value === null || value === undefined ? [] : [toParameter(name, value)],
  );
}

function toParameter(name: string, value: unknown): Parameter {
  return isLosslessNumber(value) ? { name, value: toText(value), isNumber: true } : { name, value: toText(value) };
}

/** Text unchanged, a number with its original digits, an object or list as JSON. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : (stringify(value) ?? '');
}

/** A lossless number is a JavaScript object, but not an object of the JSON. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isLosslessNumber(value);
}
