const MINUTE_MS = 60_000;

/** A moment as `datetime-local` shows it, `2026-11-27T14:02`, in a time zone. */
export function toLocalInput(iso: string, timeZone: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return '';
  return new Date(at.getTime() + offsetMs(at, timeZone)).toISOString().slice(0, 16);
}

/** The moment of a clock time in a time zone. A time that the clock skips or repeats is read with the offset before. */
export function fromLocalInput(local: string, timeZone: string): string {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return '';
  const guess = asUtc - offsetMs(new Date(asUtc), timeZone);
  const exact = asUtc - offsetMs(new Date(guess), timeZone);
  return new Date(exact).toISOString();
}

function offsetMs(at: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const number = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(number('year'), number('month') - 1, number('day'), number('hour'), number('minute'));
  return local - Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
}
