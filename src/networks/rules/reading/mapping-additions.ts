import type { NetworkMapping } from '../../network.schema.js';
import type { CanonicalParam } from '../canonical-params.js';
import type { MappingAdditions } from './reading.js';

/** The mapping with the names added at the front, ready for a PATCH; `null` without additions. */
export function withAdditions(mapping: NetworkMapping, additions: MappingAdditions): NetworkMapping | null {
  const entries = Object.entries(additions) as [CanonicalParam, string][];
  if (entries.length === 0) return null;
  const params = { ...mapping.params };
  for (const [param, name] of entries) {
    params[param] = [name, ...(params[param] ?? []).filter((known) => known !== name)];
  }
  return { ...mapping, params };
}
