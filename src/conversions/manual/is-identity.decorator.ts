import { buildMessage, ValidateBy } from 'class-validator';
import { identifies, isShortenedNumber } from '../../networks/rules/reading/read-identity.js';

/** A text that identifies one thing: no word for nothing, no macro, and no number that a spreadsheet has shortened. */
export function IsIdentity(): PropertyDecorator {
  return ValidateBy({
    name: 'isIdentity',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && identifies(value) && !isShortenedNumber(value),
      defaultMessage: buildMessage(
        (each) => `${each}$property must identify something: "$value" does not. Leave it out where there is none`,
      ),
    },
  });
}
