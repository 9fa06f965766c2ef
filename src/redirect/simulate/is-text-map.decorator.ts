import { buildMessage, ValidateBy } from 'class-validator';

const MAX_ENTRIES = 50;
const MAX_TEXT = 2_048;

/** An object from names to texts. */
export function IsTextMap(): PropertyDecorator {
  return ValidateBy({
    name: 'isTextMap',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length <= MAX_ENTRIES &&
        Object.values(value).every((text) => typeof text === 'string' && text.length <= MAX_TEXT),
      defaultMessage: buildMessage((each) => `${each}$property must be an object from names to texts`),
    },
  });
}
