import type { CountedClick } from '../../counters/rules/click-aggregate.js';
import { variantKey } from '../../platform/vocabulary/variant-key.js';
import type { Click } from '../click.schema.js';

type Countable = Pick<Click, 'workspaceId' | 'linkId' | 'at' | 'botReason' | 'isUnique' | 'rule' | 'variant'>;

/** Selects the facts of a stored click that counters count. */
export function countedClick({ workspaceId, linkId, at, botReason, isUnique, rule, variant }: Countable): CountedClick {
  return {
    workspaceId,
    linkId,
    at,
    kind: botReason === undefined ? 'human' : 'bot',
    isUnique,
    variant: variant === undefined ? undefined : variantKey(rule, variant),
  };
}
