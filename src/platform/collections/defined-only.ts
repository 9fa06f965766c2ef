type DefinedOnly<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without its undefined fields, which a database could treat as null. */
export function definedOnly<T extends object>(fields: T): DefinedOnly<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as DefinedOnly<T>;
}
