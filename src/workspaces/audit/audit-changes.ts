import { isDeepStrictEqual } from 'node:util';

/** What is in the log instead of a secret. */
export const MASKED = '***';

/** Longest value, in characters of JSON, and most fields of one entry. */
const MAX_VALUE = 2_000;
const MAX_FIELDS = 60;
const NOT_NEWS = new Set(['_id', 'workspaceId', 'createdAt', 'updatedAt']);
const SECRET_NAME = /^(?:key|oldKey|pixelKey|apiKey|value)$|hash|password|secret|token|signature|authorization|cookie/i;

export interface AuditChanges {
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/**
 * What differs between two states of something, field by field, fit to be kept: secrets masked, long values cut. A secret
 * that has changed is named, but not shown.
 * @param before absent for what is new. @param after absent for what is gone.
 */
export function changesBetween(before: object | undefined, after: object | undefined): AuditChanges {
  const from = new Map(Object.entries(before ?? {}));
  const to = new Map(Object.entries(after ?? {}));
  const changed = [...new Set([...from.keys(), ...to.keys()])]
    .filter((field) => !NOT_NEWS.has(field) && !isDeepStrictEqual(plain(from.get(field)), plain(to.get(field))))
    .slice(0, MAX_FIELDS);
  const pick = (values: Map<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(changed.map((field) => [field, kept(field, values.get(field))]));
  return { before: before === undefined ? null : pick(from), after: after === undefined ? null : pick(to) };
}

function kept(field: string, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const shown = masked(field, plain(value));
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

/** As JSON has it: times as text, nothing undefined. */
function plain(value: unknown): unknown {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value) ?? 'null') as unknown);
}
