import { buildMessage, ValidateBy } from 'class-validator';
import { parseCurrency } from '../../money/money.js';

/** An ISO 4217 code in upper case. */
export function IsCurrency(): PropertyDecorator {
  return ValidateBy({
    name: 'currency',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && parseCurrency(value) === value,
      defaultMessage: buildMessage((each) => `${each}$property must be an ISO 4217 currency such as EUR`),
    },
  });
}
