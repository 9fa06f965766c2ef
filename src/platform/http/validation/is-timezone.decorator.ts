import { ValidateBy, type ValidationArguments } from 'class-validator';
import { isTimezone, suggestTimezone } from '../../time/time-zone.js';

/** A time zone in this machine's ICU data. */
export function IsTimezone(): PropertyDecorator {
  return ValidateBy({
    name: 'timezone',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isTimezone(value),
      defaultMessage: ({ value }: ValidationArguments) => {
        const suggestion = typeof value === 'string' ? suggestTimezone(value.slice(0, 50)) : undefined;
        const example = suggestion === undefined ? 'such as Europe/Berlin' : `; did you mean ${suggestion}?`;
        return `timezone must be an IANA time zone${suggestion === undefined ? ' ' : ''}${example}`;
      },
    },
  });
}
