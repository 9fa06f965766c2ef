import { ValidateBy } from 'class-validator';

/** Bytes as base64url without padding, with at most this number of characters. */
export function IsBase64Url(maxLength: number): PropertyDecorator {
  return ValidateBy({
    name: 'isBase64Url',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && value.length <= maxLength && /^[A-Za-z0-9_-]+$/.test(value),
      defaultMessage: () => `it is not base64url text of 1 to ${maxLength} characters`,
    },
  });
}
