/** A time of MongoDB: seconds since 1970, and a number that distinguishes operations of one second. */
export interface OperationTime {
  seconds: number;
  increment: number;
}

// The id of an event is the resume token of its change, as hexadecimal text. MongoDB makes tokens so that their texts are
// ordered as the changes are. Each begins with a type byte and the operation time. Clients see opaque text.

const TYPE = '82';
const ID = /^82[0-9A-F]{16,512}$/;
const TIME_CHARS = 8;
/** Clocks of servers differ a little. A token of a later time is not of this database. */
const MAX_AHEAD_SECONDS = 60;

/** The id in a `Last-Event-ID` header; `undefined` when it cannot be one. */
export function parseEventId(text: string, nowMs: number): string | undefined {
  if (!ID.test(text)) return undefined;
  return timeOfEventId(text).seconds > nowMs / 1_000 + MAX_AHEAD_SECONDS ? undefined : text;
}

export function timeOfEventId(id: string): OperationTime {
  const begin = TYPE.length;
  const middle = begin + TIME_CHARS;
  return {
    seconds: Number.parseInt(id.slice(begin, middle), 16),
    increment: Number.parseInt(id.slice(middle, middle + TIME_CHARS), 16),
  };
}

/** An id after those of all changes until this time, and before those of later ones. */
export function eventIdAfter({ seconds, increment }: OperationTime): string {
  return `${TYPE}${toHex(seconds)}${toHex(increment)}FF`;
}

export function isAtEarlierTime(id: string, other: string): boolean {
  const end = TYPE.length + 2 * TIME_CHARS;
  return id.slice(0, end) < other.slice(0, end);
}

function toHex(number: number): string {
  return number.toString(16).toUpperCase().padStart(TIME_CHARS, '0');
}
