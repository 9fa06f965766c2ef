import { hash } from 'node:crypto';
import type { DestinationRules } from '../destination/destination.js';
import type { CompiledRouting, CompiledVariant } from './compiled-routing.js';
import type { VisitFacts } from './visit-facts.js';

/** The results of the variants until now, as far as they decide. */
export interface RoutingState {
  /** By variant key; absent where weights are as they were set. */
  weights?: ReadonlyMap<string, number>;
  /** Variant keys that have had their conversions of today. */
  full: ReadonlySet<string>;
}

/** Where a visit goes. */
export interface Choice {
  /** Absent: the link's own. */
  destination: DestinationRules | undefined;
  url: string | undefined;
  rule: string | undefined;
  variant: CompiledVariant | undefined;
}

const OWN: Choice = { destination: undefined, url: undefined, rule: undefined, variant: undefined };
const NO_STATE: RoutingState = { full: new Set() };

/**
 * The first rule whose conditions all hold decides, else the link's own variants, else its destination. A visitor keeps the
 * same variant while it is open.
 * @param explain called with each step, in words for people.
 */
export function choose(
  routing: CompiledRouting,
  visit: VisitFacts,
  state: RoutingState = NO_STATE,
  explain: (step: string) => void = () => undefined,
): Choice {
  for (const rule of routing.rules) {
    const failed = rule.conditions.find(({ holds }) => !holds(visit));
    if (failed !== undefined) {
      const { field, op, values } = failed.condition;
      explain(`${rule.name}: does not hold, as ${field} is ${op === 'in' ? 'none' : 'one'} of ${short(values)}`);
      continue;
    }
    explain(`${rule.name}: all its conditions hold`);
    const variant = pick(rule.variants, visit, state, explain);
    if (variant !== undefined) return { ...variant, rule: rule.name, variant };
    const { destination, url } = rule;
    if (destination === undefined) explain(`${rule.name}: none of its variants takes anybody; the link's own url`);
    return { destination, url, rule: rule.name, variant: undefined };
  }
  if (routing.rules.length > 0) explain('no rule holds');
  const variant = pick(routing.variants, visit, state, explain);
  if (variant === undefined) {
    explain("the link's own url");
    return OWN;
  }
  return { ...variant, rule: undefined, variant };
}

function pick(
  variants: readonly CompiledVariant[],
  { previousVariant, identity }: VisitFacts,
  { weights, full }: RoutingState,
  explain: (step: string) => void,
): CompiledVariant | undefined {
  if (variants.length === 0) return undefined;
  const weightOf = ({ key, weight }: CompiledVariant): number => (weight === 0 ? 0 : (weights?.get(key) ?? weight));
  const open = variants.filter((variant) => weightOf(variant) > 0 && !full.has(variant.key));
  for (const { name, key } of variants) if (full.has(key)) explain(`variant ${name} has had its conversions of today`);
  const kept = open.find(({ key }) => key === previousVariant);
  if (kept !== undefined) {
    explain(`variant ${kept.name}: the visitor was sent there before`);
    return kept;
  }
  const chosen = open.toSorted((a, b) => lot(a.key, identity) / weightOf(a) - lot(b.key, identity) / weightOf(b))[0];
  if (chosen === undefined) {
    explain('no variant takes anybody');
    return undefined;
  }
  const sum = open.reduce((total, variant) => total + weightOf(variant), 0);
  const percent = ((100 * weightOf(chosen)) / sum).toFixed(1);
  explain(
    `variant ${chosen.name}: by its ${weights === undefined ? 'weight' : 'results'} it gets ${percent} % of the visitors`,
  );
  return chosen;
}

/**
 * A number that is always the same for one visitor and one variant, exponentially distributed over visitors. The smallest
 * of lot / weight wins each variant its part of the visitors, and a change of weights moves as few of them as it can
 * (weighted rendezvous hashing).
 */
function lot(key: string, identity: string): number {
  const digest = hash('sha256', `${key}\n${identity}`, 'hex');
  return -Math.log((Number.parseInt(digest.slice(0, 12), 16) + 1) / (2 ** 48 + 1));
}

function short(values: readonly string[]): string {
  return values.length <= 5 ? values.join(', ') : `${values.slice(0, 5).join(', ')} … (${values.length})`;
}
