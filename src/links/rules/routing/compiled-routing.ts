import type { DestinationRules } from '../destination/destination.js';
import { isGeoMacro } from '../destination/macros.js';
import { macrosOf } from '../destination/url-template.js';
import { variantKey } from '../../../platform/vocabulary/variant-key.js';
import { compileCondition, needsGeo } from './conditions.js';
import { type Condition, type DailyCap, DEFAULT_ROTATION, type Rotation, type Rule, type Variant } from './rule.js';
import type { VisitFacts } from './visit-facts.js';

export interface CompiledVariant {
  name: string;
  /** The key under which it is counted. */
  key: string;
  weight: number;
  cap: DailyCap | null;
  url: string;
  destination: DestinationRules;
}

export interface CompiledRule {
  name: string;
  conditions: { condition: Condition; holds: (visit: VisitFacts) => boolean }[];
  /** Destination when all variants are full; absent: the link's destination. */
  destination: DestinationRules | undefined;
  url: string | undefined;
  variants: CompiledVariant[];
}

/** A link's rules and variants, parsed once. */
export interface CompiledRouting {
  rules: CompiledRule[];
  variants: CompiledVariant[];
  rotation: Rotation;
  /** True when conditions or macros need a look-up in the geo databases. */
  needsGeo: boolean;
  /** True when the answer sets the variant cookie: for rules about earlier visits, or to keep the variant. */
  needsVariantCookie: boolean;
  /** True when a rule has a condition on bots. */
  needsBot: boolean;
  /** True when the results of variants decide. */
  needsResults: boolean;
}

interface Source {
  rules?: Rule[];
  variants?: Variant[];
  rotation?: Rotation;
}

/** @param own the link's destination. */
export function compileRouting(
  { rules = [], variants = [], rotation = DEFAULT_ROTATION }: Source,
  read: (url: string) => DestinationRules,
  own: DestinationRules,
): CompiledRouting {
  const toVariant = (rule: string | undefined, { name, url, weight, dailyCap }: Variant): CompiledVariant => ({
    name,
    key: variantKey(rule, name),
    weight,
    cap: dailyCap,
    url,
    destination: read(url),
  });
  const compiledRules = rules.map((rule): CompiledRule => ({
    name: rule.name,
    conditions: rule.when.map((condition) => ({ condition, holds: compileCondition(condition) })),
    destination: rule.url === null ? undefined : read(rule.url),
    url: rule.url ?? undefined,
    variants: (rule.variants ?? []).map((variant) => toVariant(rule.name, variant)),
  }));
  const compiledVariants = variants.map((variant) => toVariant(undefined, variant));
  const all = [...compiledVariants, ...compiledRules.flatMap((rule) => rule.variants)];
  const conditions = rules.flatMap(({ when }) => when);
  const destinations = [
    own,
    ...all.map(({ destination }) => destination),
    ...compiledRules.flatMap(({ destination }) => destination ?? []),
  ];
  const macros = destinations.flatMap(({ template }) => macrosOf(template));
  return {
    rules: compiledRules,
    variants: compiledVariants,
    rotation,
    needsGeo: conditions.some(needsGeo) || macros.some(isGeoMacro),
    needsVariantCookie: all.length > 0 || conditions.some(({ field }) => field === 'visitor'),
    needsBot: conditions.some(({ field }) => field === 'bot'),
    needsResults: (all.length > 0 && rotation.mode === 'optimised') || all.some(({ cap }) => cap !== null),
  };
}
