import { ValidateBy, type ValidationArguments } from 'class-validator';
import { withCode } from '../../platform/http/validation/validation.js';
import { conditionProblem } from '../rules/routing/conditions.js';

/** Checks that every condition has a known field and valid values for it. */
export function HasValidConditions(): PropertyDecorator {
  return ValidateBy({
    name: 'conditions',
    validator: {
      validate: (value: unknown) => problemOf(value) === undefined,
      defaultMessage: ({ value }: ValidationArguments) => withCode('bad_condition', problemOf(value) ?? ''),
    },
  });
}

/** Checks that a rule has a destination. */
export function LeadsSomewhere(): PropertyDecorator {
  return ValidateBy({
    name: 'leadsSomewhere',
    validator: {
      validate: (_: unknown, args?: ValidationArguments) => {
        const { url, variants } = (args?.object ?? {}) as { url?: unknown; variants?: unknown };
        return typeof url === 'string' || (Array.isArray(variants) && variants.length > 0);
      },
      defaultMessage: () => withCode('no_destination', 'a rule needs a url or variants'),
    },
  });
}

/** Checks that the names in a list are unique. */
export function HasDistinctNames(): PropertyDecorator {
  return ValidateBy({
    name: 'distinctNames',
    validator: {
      validate: (value: unknown) => {
        if (!Array.isArray(value)) return true; // reported by other validators
        const names = value.flatMap((thing: { name?: unknown } | null) =>
          typeof thing?.name === 'string' ? [thing.name] : [],
        );
        return new Set(names).size === names.length;
      },
      defaultMessage: () => withCode('duplicate_name', 'two of these have the same name'),
    },
  });
}

function problemOf(value: unknown): string | undefined {
  if (!Array.isArray(value)) return undefined; // reported by other validators
  for (const condition of value as unknown[]) {
    const problem = isReadable(condition) ? conditionProblem(condition.field, condition.values) : undefined;
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function isReadable(value: unknown): value is { field: string; values: string[] } {
  const { field, values } = (value ?? {}) as { field?: unknown; values?: unknown };
  return typeof field === 'string' && Array.isArray(values) && values.every((text) => typeof text === 'string');
}
