import { buildMessage, ValidateBy } from 'class-validator';
import { isCurrencyCode } from '../../money/currency-names.js';

/** A currency's code in capitals: of ISO 4217, or of 2 to 10 letters as networks send them (`USDT`). */
export function IsCurrencyCode(): PropertyDecorator {
  return ValidateBy({
    name: 'currency',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && value === value.toUpperCase() && isCurrencyCode(value),
      defaultMessage: buildMessage((each) => `${each}$property must be a currency's code in capitals, such as EUR`),
    },
  });
}
