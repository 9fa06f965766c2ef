import { ValidateBy, type ValidationArguments } from 'class-validator';
import { parseTime } from '../../time/parse-time.js';
import { readTime } from '../../time/read-time.js';
import { fromAfterTo, isBackwards } from '../../time/time-range.js';
import { withCode } from './validation.js';

const MAX_TEXT = 100;

/** A date or time that `parseTime` can read. */
export function IsTime(): PropertyDecorator {
  return ValidateBy({
    name: 'isTime',
    validator: {
      validate: isTime,
      defaultMessage: (args?: ValidationArguments) => timeMessage(args?.property ?? 'time', args?.value),
    },
  });
}

/** The end of a range: a date or time that is not before the field `from`. */
export function IsRangeEnd(from: string): PropertyDecorator {
  const isTimeAtAll = IsTime();
  const isInOrder = ValidateBy({
    name: 'isRangeEnd',
    constraints: [from],
    validator: {
      validate: (value: unknown, args?: ValidationArguments) => {
        const start = (args?.object as Record<string, unknown> | undefined)?.[from];
        // Other validators report values that are not times.
        return !isTime(value) || !isTime(start) || !isBackwards({ from: start, to: value });
      },
      defaultMessage: (args?: ValidationArguments) => {
        const { code, message } = fromAfterTo({ from, to: args?.property ?? 'to' });
        return withCode(code, message);
      },
    },
  });
  return (target, property) => {
    isTimeAtAll(target, property);
    isInOrder(target, property);
  };
}

function timeMessage(property: string, value: unknown): string {
  const reading = typeof value === 'string' ? readTime(value) : undefined;
  if (reading?.kind === 'unreadable' && reading.reason === 'ambiguous') {
    return `${property} could be two days; write the year first, as in 2026-01-31`;
  }
  return `${property} must be a time such as 2026-01-31T12:00:00Z (UTC where no zone is given)`;
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_TEXT && parseTime(value) !== undefined;
}
