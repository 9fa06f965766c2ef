import { buildMessage, ValidateBy } from 'class-validator';

const MAX_LABEL = 40;

/** A character set that this runtime can decode, by its WHATWG label (https://encoding.spec.whatwg.org/#names-and-labels). */
export function IsCharset(): PropertyDecorator {
  return ValidateBy({
    name: 'isCharset',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && value.length <= MAX_LABEL && isDecodable(value),
      defaultMessage: buildMessage((each) => `${each}$property must be a character set such as windows-1251`),
    },
  });
}

function isDecodable(label: string): boolean {
  try {
    return new TextDecoder(label).encoding !== '';
  } catch {
    return false;
  }
}
