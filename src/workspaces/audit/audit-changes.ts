import { isDeepStrictEqual } from 'node:util';

/** The text that stands for a secret in the log. */
export const MASKED = '***';

/** Longest value, in characters of JSON, and maximum number of fields of an entry. */
const MAX_VALUE = 2_000;
const MAX_FIELDS = 60;
const IGNORED_FIELDS = new Set(['_id', 'workspaceId', 'createdAt', 'updatedAt']);
const SECRET_NAME = /^(?:key|oldKey|pixelKey|apiKey|value)$|hash|password|secret|token|signature|authorization|cookie/i;

export interface AuditChanges {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * The differences between two states of an object, field by field, ready for the log: secrets are masked, long values cut. A
 * changed secret is named but not shown.
 * @param before absent for a new object. @param after absent for a deleted object.
 */
export function changesBetween(before: object | undefined, after: object | undefined): AuditChanges {
  const from = new Map(Object.entries(before ?? {}));
  const to = new Map(Object.entries(after ?? {}));
  const changed = [...new Set([...from.keys(), ...to.keys()])]
    .filter((field) => !IGNORED_FIELDS.has(field) && !isDeepStrictEqual(asJson(from.get(field)), asJson(to.get(field))))
    .slice(0, MAX_FIELDS);
  const pick = (values: Map<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(changed.map((field) => [field, loggable(field, values.get(field))]));
  return { before: before === undefined ? null : pick(from), after: after === undefined ? null : pick(to) };
}

function loggable(field: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const shown = masked(field, asJson(value));
  const text = JSON.stringify(shown);
  return text.length <= MAX_VALUE ? shown : `${text.slice(0, MAX_VALUE)}… (${text.length} characters)`;
}

function masked(field: string, value: unknown): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (SECRET_NAME.test(field) && typeof value !== 'object') return MASKED;
  if (Array.isArray(value)) return value.map((item) => masked(field, item));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(name, inner)]));
}

/** The value as JSON represents it: times as text, no `undefined`. */
function asJson(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? 'null') as unknown);
}
