import { ValidateBy, type ValidationArguments } from 'class-validator';
import { withCode } from '../../platform/http/validation/validation.js';
import { addressProblem, asnProblem, userAgentProblem } from '../rules/visitor-rules/visitor-match.js';

/** One or several texts that a user agent may contain. */
export function IsUserAgentText(): PropertyDecorator {
  return validatedBy('userAgentText', userAgentProblem);
}

/** One or several numbers of autonomous systems. */
export function IsNetworkNumber(): PropertyDecorator {
  return validatedBy('networkNumber', asnProblem);
}

/** One or several addresses or CIDR ranges. */
export function IsAddressOrRange(): PropertyDecorator {
  return validatedBy('addressOrRange', addressProblem);
}

/** Refuses a match without fields, as it would match every visit. */
export function NamesVisits(): PropertyDecorator {
  return ValidateBy({
    name: 'namesVisits',
    validator: {
      validate: (value: unknown) =>
        typeof value !== 'object' || value === null || Object.values(value).some((field) => field !== undefined),
      defaultMessage: () => withCode('required', 'give at least one of userAgent, asn, address'),
    },
  });
}

function validatedBy(name: string, problemOf: (value: unknown) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => problemOf(value) === undefined,
      defaultMessage: ({ value }: ValidationArguments) => withCode('bad_match', problemOf(value) ?? ''),
    },
  });
}
