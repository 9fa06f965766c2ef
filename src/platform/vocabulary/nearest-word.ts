import { editDistance } from '../text/edit-distance.js';

const MAX_WORD = 40;

/**
 * The candidate that a mistyped word probably means: the same word with other case or punctuation, or with one error in
 * four letters. `undefined` when none is near, or the word is longer than any name.
 */
export function nearestWord<T extends string>(word: string, candidates: readonly T[]): T | undefined {
  const wanted = plain(word);
  if (wanted === '' || wanted.length > MAX_WORD) return undefined;
  const same = candidates.find((candidate) => plain(candidate) === wanted);
  if (same !== undefined) return same;
  const allowed = Math.min(3, Math.floor(wanted.length / 4));
  let best: { candidate: T; slips: number } | undefined;
  for (const candidate of candidates) {
    const slips = editDistance(wanted, plain(candidate));
    if (slips <= allowed && (best === undefined || slips < best.slips)) best = { candidate, slips };
  }
  return best?.candidate;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_.:-]/g, '');
}
