import { hash } from 'node:crypto';
import type { DestinationRules } from '../destination/destination.js';
import type { CompiledRouting, CompiledVariant } from './compiled-routing.js';
import type { VisitFacts } from './visit-facts.js';

/** The state of the variants that a choice depends on. */
export interface RoutingState {
  /** Weights by variant key; absent when the configured weights apply. */
  weights?: ReadonlyMap<string, number>;
  /** Keys of variants that have reached their cap today. */
  full: ReadonlySet<string>;
}

/** The choice for a visit. */
export interface Choice {
  /** Absent: the link's destination. */
  destination: DestinationRules | undefined;
  url: string | undefined;
  rule: string | undefined;
  variant: CompiledVariant | undefined;
}

const OWN: Choice = { destination: undefined, url: undefined, rule: undefined, variant: undefined };
const NO_STATE: RoutingState = { full: new Set() };

/**
 * The first rule whose conditions all match decides, else the link's variants, else its destination. A visitor keeps the
 * same variant while it is not full.
 * @param explain called with a sentence for each step.
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
      explain(`${rule.name}: does not match, as ${field} is ${op === 'in' ? 'none' : 'one'} of ${short(values)}`);
      continue;
    }
    explain(`${rule.name}: all its conditions match`);
    const variant = chooseVariant(rule.variants, visit, state, explain);
    if (variant !== undefined) return { ...variant, rule: rule.name, variant };
    const { destination, url } = rule;
    if (destination === undefined)
      explain(`${rule.name}: none of its variants is open to visitors; the link's own url`);
    return { destination, url, rule: rule.name, variant: undefined };
  }
  if (routing.rules.length > 0) explain('no rule matches');
  const variant = chooseVariant(routing.variants, visit, state, explain);
  if (variant === undefined) {
    explain("the link's own url");
    return OWN;
  }
  return { ...variant, rule: undefined, variant };
}

function chooseVariant(
  variants: readonly CompiledVariant[],
  { previousVariant, identity }: VisitFacts,
  { weights, full }: RoutingState,
  explain: (step: string) => void,
): CompiledVariant | undefined {
  if (variants.length === 0) return undefined;
  const weightOf = ({ key, weight }: CompiledVariant): number => (weight === 0 ? 0 : (weights?.get(key) ?? weight));
  const open = variants.filter((variant) => weightOf(variant) > 0 && !full.has(variant.key));
  for (const { name, key } of variants)
    if (full.has(key)) explain(`variant ${name} has reached its conversions for today`);
  const kept = open.find(({ key }) => key === previousVariant);
  if (kept !== undefined) {
    explain(`variant ${kept.name}: the visitor was sent there before`);
    return kept;
  }
  const chosen = open.toSorted(
    (a, b) => score(a.key, identity) / weightOf(a) - score(b.key, identity) / weightOf(b),
  )[0];
  if (chosen === undefined) {
    explain('no variant is open to visitors');
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
 * A number that is constant for a visitor and a variant, and exponentially distributed over visitors. The variant with
 * the smallest score / weight is chosen. Each variant gets its share, and a change of weights moves few visitors
 * (weighted rendezvous hashing).
 */
function score(key: string, identity: string): number {
  const digest = hash('sha256', `${key}\n${identity}`, 'hex');
  return -Math.log((Number.parseInt(digest.slice(0, 12), 16) + 1) / (2 ** 48 + 1));
}

function short(values: readonly string[]): string {
  return values.length <= 5 ? values.join(', ') : `${values.slice(0, 5).join(', ')} … (${values.length})`;
}
