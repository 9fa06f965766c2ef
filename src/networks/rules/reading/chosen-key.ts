import type { CanonicalParam } from '../canonical-params.js';

/** The key of a column that a person has chosen for a parameter. No name has it: `nameKey` keeps letters and digits only. */
export function chosenKey(param: CanonicalParam): string {
  return `=${param}`;
}
