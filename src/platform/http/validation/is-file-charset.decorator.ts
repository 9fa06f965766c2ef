import { ValidateBy } from 'class-validator';
import { encodingOf } from '../../csv/charset.js';
import { withCode } from './validation.js';

const MAX_LABEL = 40;

/** The label of a character set of a file that this runtime can decode: `windows-1251`, `cp1251`. */
export function IsFileCharset(): PropertyDecorator {
  return ValidateBy({
    name: 'charset',
    validator: {
      validate: (value: unknown) =>
        typeof value === 'string' && value.length <= MAX_LABEL && encodingOf(value) !== undefined,
      defaultMessage: () =>
        withCode('unknown_charset', 'charset must be a character set such as utf-8, windows-1251 or shift_jis'),
    },
  });
}
