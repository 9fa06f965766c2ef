import { ValidateBy } from 'class-validator';

/** A decimal text of an amount that is not negative: `0.05`. */
export function IsAmount(): PropertyDecorator {
  return ValidateBy({
    name: 'amount',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && /^\d{1,9}(?:\.\d{1,6})?$/.test(value),
      defaultMessage: () => 'amount must be a decimal text such as "0.05"',
    },
  });
}
