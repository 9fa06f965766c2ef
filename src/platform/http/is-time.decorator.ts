import { buildMessage, ValidateBy } from 'class-validator';
import { parseTime } from '../time/parse-time.js';

/** A date or time that `parseTime` can read. */
export function IsTime(): PropertyDecorator {
  return ValidateBy({
    name: 'isTime',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && parseTime(value) !== undefined,
      defaultMessage: buildMessage(
        (each) => `${each}$property must be a time such as 2026-01-31T12:00:00Z (UTC where no zone is given)`,
      ),
    },
  });
}
