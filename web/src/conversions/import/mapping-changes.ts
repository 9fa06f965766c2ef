import type { Schema } from '../../api/client';

type Mapping = Schema<'NetworkMappingResponse'>;

/** A word or name that a suggested mapping reads, and as what. */
interface SuggestedChange {
  kind: 'params' | 'events' | 'statuses' | 'currencies';
  from: string;
  to: string;
}

/** The additions of a suggested mapping to that of the network. */
export function mappingChanges(now: Mapping, suggested: Mapping): SuggestedChange[] {
  const params = Object.entries(suggested.params).flatMap(([to, names]) =>
    names
      .filter((name) => now.params[to]?.includes(name) !== true)
      .map((from) => ({ kind: 'params' as const, from, to })),
  );
  const words = (['events', 'statuses', 'currencies'] as const).flatMap((kind) =>
    Object.entries(suggested[kind] ?? {})
      .filter(([from, to]) => now[kind]?.[from] !== to)
      .map(([from, to]) => ({ kind, from, to })),
  );
  return [...params, ...words];
}
