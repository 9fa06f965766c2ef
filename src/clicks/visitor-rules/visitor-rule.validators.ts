import { ValidateBy, type ValidationArguments } from 'class-validator';
import { withCode } from '../../platform/http/validation/validation.js';
import { addressProblem, asnProblem, userAgentProblem } from '../rules/visitor-rules/visitor-match.js';

/** One text or several that a user agent may contain. */
export function IsUserAgentText(): PropertyDecorator {
  return hasNo('userAgentText', userAgentProblem);
}

/** One number of a network or several. */
export function IsNetworkNumber(): PropertyDecorator {
  return hasNo('networkNumber', asnProblem);
}

/** One address or CIDR or several. */
export function IsAddressOrRange(): PropertyDecorator {
  return hasNo('addressOrRange', addressProblem);
}

/** A match that names nothing would be every visit's. */
export function NamesVisits(): PropertyDecorator {
  return ValidateBy({
    name: 'namesVisits',
    validator: {
      validate: (value: unknown) =>
        typeof value !== 'object' || value === null || Object.values(value).some((field) => field !== undefined),
      defaultMessage: () => withCode('required', 'name at least one of userAgent, asn, address'),
    },
  });
}

function hasNo(name: string, problemOf: (value: unknown) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => problemOf(value) === undefined,
      defaultMessage: ({ value }: ValidationArguments) => withCode('bad_match', problemOf(value) ?? ''),
    },
  });
}
