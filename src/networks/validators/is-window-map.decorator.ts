import { buildMessage, ValidateBy } from 'class-validator';
import { EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';

const MAX_DAYS = 3_650;

/** Event type → whole days. */
export function IsWindowMap(): PropertyDecorator {
  return ValidateBy({
    name: 'isWindowMap',
    validator: {
      validate: isWindowMap,
      defaultMessage: buildMessage(
        (each) => `${each}$property must be an object of ${EVENT_TYPES.join(', ')} to whole days, 1 to ${MAX_DAYS}`,
      ),
    },
  });
}

function isWindowMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const known: readonly string[] = EVENT_TYPES;
  return Object.entries(value).every(
    ([event, days]) => known.includes(event) && Number.isInteger(days) && days >= 1 && days <= MAX_DAYS,
  );
}
