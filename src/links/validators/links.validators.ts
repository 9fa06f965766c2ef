import { ValidateBy, type ValidationArguments } from 'class-validator';
import { withCode } from '../../platform/http/validation/validation.js';
import { parseUrlTemplate } from '../rules/destination/url-template.js';
import { slugProblem } from '../rules/slug.js';

/** A destination that `parseUrlTemplate` accepts. The error has the code and message of the parser. */
export function IsDestination(): PropertyDecorator {
  return ValidateBy({
    name: 'isUrl',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && parseUrlTemplate(value).ok,
      defaultMessage: ({ value }: ValidationArguments) => {
        const reading = typeof value === 'string' ? parseUrlTemplate(value) : undefined;
        return reading?.ok === false ? withCode(reading.code, reading.message) : 'url must be a string';
      },
    },
  });
}

/** A slug that is allowed in a short link. */
export function IsSlug(): PropertyDecorator {
  return ValidateBy({
    name: 'slug',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && slugProblem(value) === undefined,
      defaultMessage: ({ value }: ValidationArguments) =>
        (typeof value === 'string' ? slugProblem(value) : undefined) ?? 'slug must be a string',
    },
  });
}
