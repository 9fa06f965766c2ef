/** What an update has to say, in the words of MongoDB. */
export interface Differences {
  $set?: Record<string, unknown>;
  $unset?: Record<string, ''>;
}

/**
 * The update that makes `after` of `before`: fields that differ are set, those that are gone are removed. Lists and objects are
 * the same only when they are the very same ones, which who changes documents by copying them has as a rule.
 */
export function differences(before: object, after: object): Differences {
  const known = new Map(Object.entries(before));
  const set: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(after)) {
    if (value !== undefined && !isSame(known.get(field), value)) set[field] = value;
  }
  const stays = new Map(Object.entries(after));
  const gone = [...known].filter(([field, value]) => value !== undefined && stays.get(field) === undefined);
  return {
    ...(Object.keys(set).length > 0 && { $set: set }),
    ...(gone.length > 0 && { $unset: Object.fromEntries(gone.map(([field]) => [field, '' as const])) }),
  };
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());
}
