/** The operators of a MongoDB update. */
export interface Differences {
  $set?: Record<string, unknown>;
  $unset?: Record<string, ''>;
}

/**
 * The update that turns `before` into `after`: different fields are set, missing ones are removed. Lists and objects are
 * compared by identity, which suits code that changes documents by copying them.
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
