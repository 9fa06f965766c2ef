import { formatOffset } from '../../ui/data/time-format';

const MINUTE_MS = 60_000;

/** The offset of a zone at a time, in minutes: `UTC+5:30` → 330. */
function offsetMinutes(at: Date, timeZone: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] =
    /UTC([+−-])(\d+)(?::(\d+))?/.exec(formatOffset(at, timeZone)) ?? [];
  return (sign === '+' ? 1 : -1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * The point in time of a clock time in a zone, as `datetime-local` inputs give it: `2026-11-27T13:58`. A clock time that the
 * zone skips in spring becomes the one an hour later.
 */
export function fromLocalTime(text: string, timeZone: string): string | undefined {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset of the guess may be that of the other side of a change of clocks; the second one is right.
  const guess = asUtc - offsetMinutes(new Date(asUtc), timeZone) * MINUTE_MS;
  return new Date(asUtc - offsetMinutes(new Date(guess), timeZone) * MINUTE_MS).toISOString();
}
