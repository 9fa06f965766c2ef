import { parseUrlTemplate } from '../destination/url-template.js';
import type { RotationDto, RuleDto, VariantDto } from '../../routing/routing.dto.js';
import { normalValue } from './value-advice.js';
import { DEFAULT_ROTATION, type Rotation, type Rule, type Variant } from './rule.js';

/** A request's rules as they are stored: names filled in, destinations in their normal form. */
export function toRules(rules: readonly RuleDto[]): Rule[] {
  const named = withNames(rules, (n) => `Rule ${n + 1}`);
  return named.map(({ name, when, url, variants }) => ({
    name,
    when: when.map(({ field, op, values, timezone }) => ({
      field,
      op,
      values: values.map((value) => normalValue(field, value)),
      timezone: timezone ?? null,
    })),
    url: typeof url === 'string' ? normalUrl(url) : null,
    variants: variants ? toVariants(variants) : null,
  }));
}

export function toVariants(variants: readonly VariantDto[]): Variant[] {
  const named = withNames(variants, (n) => String.fromCharCode('A'.charCodeAt(0) + n));
  return named.map(({ name, url, weight, dailyCap }) => ({
    name,
    url: normalUrl(url),
    weight: weight ?? 1,
    dailyCap: dailyCap
      ? {
          conversions: dailyCap.conversions,
          goal: dailyCap.goal ?? 'approved',
          timezone: dailyCap.timezone ?? 'UTC',
        }
      : null,
  }));
}

export function toRotation({ mode, goal, exploration, windowDays }: RotationDto): Rotation {
  return {
    mode,
    goal: goal ?? DEFAULT_ROTATION.goal,
    exploration: exploration ?? DEFAULT_ROTATION.exploration,
    windowDays: windowDays ?? DEFAULT_ROTATION.windowDays,
  };
}

/** The stored form of a destination, which was validated with the request. */
export function normalUrl(url: string): string {
  const reading = parseUrlTemplate(url);
  return reading.ok ? reading.url : url;
}

/** Names items without a name: by their position, or the next free name. */
function withNames<T extends { name?: string }>(
  things: readonly T[],
  nameOf: (place: number) => string,
): (T & { name: string })[] {
  const taken = new Set(things.flatMap(({ name }) => name ?? []));
  return things.map((thing, place) => {
    let name = thing.name;
    for (let n = place; name === undefined; n++) {
      if (!taken.has(nameOf(n))) name = nameOf(n);
    }
    taken.add(name);
    return { ...thing, name };
  });
}
