const DAY_MS = 86_400_000;
const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A sentence that says how often the same was seen lately; days are in UTC. Empty if it was seen only once. */
export function seenSentence({ count, max, first }: { count: number; max: number; first: Date }, now: Date): string {
  if (count <= 1) return '';
  const often = count > max ? `more than ${max} times` : `${count} times`;
  return `Seen ${often} ${since(first, now)}.`;
}

function since(first: Date, now: Date): string {
  const days = Math.floor(now.getTime() / DAY_MS) - Math.floor(first.getTime() / DAY_MS);
  if (days <= 0) return 'today';
  if (days === 1) return 'since yesterday';
  // From a week on, the name of the day would be ambiguous.
  return days < 7 ? `since ${DAY_NAMES[first.getUTCDay()] ?? ''}` : `since ${first.toISOString().slice(0, 10)}`;
}
