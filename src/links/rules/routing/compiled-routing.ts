import type { DestinationRules } from '../destination/destination.js';
import { isDeviceMacro, isGeoMacro } from '../destination/macros.js';
import { macrosOf } from '../destination/url-template.js';
import { variantKey } from '../../../platform/vocabulary/variant-key.js';
import { compileCondition, needsGeo } from './conditions.js';
import { type Condition, type DailyCap, DEFAULT_ROTATION, type Rotation, type Rule, type Variant } from './rule.js';
import type { VisitFacts } from './visit-facts.js';

export interface CompiledVariant {
  name: string;
  /** What it is counted under. */
  key: string;
  weight: number;
  cap: DailyCap | null;
  url: string;
  destination: DestinationRules;
}

export interface CompiledRule {
  name: string;
  conditions: { condition: Condition; holds: (visit: VisitFacts) => boolean }[];
  /** With variants, where those go for whom none has room; absent: the link's own. */
  destination: DestinationRules | undefined;
  url: string | undefined;
  variants: CompiledVariant[];
}

/** A link's rules and variants, taken apart once. */
export interface CompiledRouting {
  rules: CompiledRule[];
  variants: CompiledVariant[];
  rotation: Rotation;
  /** Deciding, or filling in macros, takes a look at the databases of addresses. */
  needsGeo: boolean;
  /** The answer sets the variant cookie: rules ask for earlier visits, or variants are to stay the same. */
  needsVariantCookie: boolean;
  /** A rule asks whether it is a bot. */
  needsBot: boolean;
  /** What the variants have earned decides. */
  needsResults: boolean;
}

interface Source {
  rules?: Rule[];
  variants?: Variant[];
  rotation?: Rotation;
}

/** @param own the link's own destination. */
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

/** Whether filling in a template's macros takes a reading of the user agent. */
export function needsDevice({ template }: DestinationRules): boolean {
  return macrosOf(template).some(isDeviceMacro);
}
