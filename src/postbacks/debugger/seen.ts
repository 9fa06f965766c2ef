const DAY_MS = 86_400_000;
const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** How often the same was seen lately, as a sentence; days are UTC's. Nothing for what was seen this once. */
export function seenSentence({ count, max, first }: { count: number; max: number; first: Date }, now: Date): string {
  if (count <= 1) return '';
  const often = count > max ? `more than ${max} times` : `${count} times`;
  return `Seen ${often} ${since(first, now)}.`;
}

function since(first: Date, now: Date): string {
  const days = Math.floor(now.getTime() / DAY_MS) - Math.floor(first.getTime() / DAY_MS);
  if (days <= 0) return 'today';
  if (days === 1) return 'since yesterday';
  // A week ago it was the same day of the week: then its date says more.
  return days < 7 ? `since ${DAY_NAMES[first.getUTCDay()] ?? ''}` : `since ${first.toISOString().slice(0, 10)}`;
}
