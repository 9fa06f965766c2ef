import { ValidateBy, type ValidationArguments } from 'class-validator';
import { conditionProblem } from '../../links/rules/routing/conditions.js';
import { withCode } from '../../platform/http/validation/validation.js';

/** A value that a condition of a rule may have for this field, except `*`. */
export function IsConditionValue(field: 'country' | 'language'): PropertyDecorator {
  return ValidateBy({
    name: 'isConditionValue',
    validator: {
      validate: (value: unknown) => problemOf(field, value) === undefined,
      defaultMessage: ({ value }: ValidationArguments) => withCode('bad_value', problemOf(field, value) ?? ''),
    },
  });
}

function problemOf(field: string, value: unknown): string | undefined {
  return typeof value === 'string' ? conditionProblem(field, [value]) : `${field} must be a text`;
}
