/** The last click of a page. Clicks are listed by time, and those of one millisecond by their ids. */
export interface ClickPosition {
  at: Date;
  id: string;
}

/** The largest time that a `Date` can have. */
const MAX_TIME_MS = 8.64e15;

export function writeClickCursor({ at, id }: ClickPosition): string {
  return `${at.getTime().toString(36)}_${id}`;
}

/** @returns `undefined` for a text that is no cursor. */
export function readClickCursor(cursor: string): ClickPosition | undefined {
  const [, time = '', id = ''] = /^([0-9a-z]{1,11})_([0-9A-Za-z]{1,50})$/.exec(cursor) ?? [];
  const at = Number.parseInt(time, 36);
  return Number.isNaN(at) || at > MAX_TIME_MS ? undefined : { at: new Date(at), id };
}
