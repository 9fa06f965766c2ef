import { ValidateBy } from 'class-validator';

/** A JSON object with any fields, whose text has at most this number of characters. */
export function IsSmallObject(maxLength: number): PropertyDecorator {
  return ValidateBy({
    name: 'isSmallObject',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        JSON.stringify(value).length <= maxLength,
      defaultMessage: () => `it is not an object of at most ${maxLength} characters`,
    },
  });
}
