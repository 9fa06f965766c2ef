import { ValidateBy, type ValidationOptions } from 'class-validator';
import { isEmailAddress } from '../rules/email-address.js';

/** One e-mail address; see rules/email-address.ts. */
export function IsEmailAddress(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isEmailAddress',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && isEmailAddress(value),
        defaultMessage: () => 'it is not an e-mail address, such as name@brand.example',
      },
    },
    options,
  );
}
