const MAX_WORD = 40;

/**
 * The candidate that a mistyped word probably stands for: the same in other capitals or marks, or with one slip in four
 * letters. `undefined` when none is near, or the word is longer than any name.
 */
export function nearestWord<T extends string>(word: string, candidates: readonly T[]): T | undefined {
  const wanted = plain(word);
  if (wanted === '' || wanted.length > MAX_WORD) return undefined;
  const same = candidates.find((candidate) => plain(candidate) === wanted);
  if (same !== undefined) return same;
  const allowed = Math.min(3, Math.floor(wanted.length / 4));
  let best: { candidate: T; slips: number } | undefined;
  for (const candidate of candidates) {
    const slips = slipsBetween(wanted, plain(candidate));
    if (slips <= allowed && (best === undefined || slips < best.slips)) best = { candidate, slips };
  }
  return best?.candidate;
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_.:-]/g, '');
}

/** Letters to add, take out, change or exchange with their neighbour (optimal string alignment). */
function slipsBetween(a: string, b: string): number {
  let [earlier, above]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      const isExchange = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const [left = 0, up = 0, corner = 0] = [row[j - 1], above[j], above[j - 1]];
      const least = Math.min(left + 1, up + 1, corner + (isSame ? 0 : 1));
      row.push(isExchange ? Math.min(least, (earlier[j - 2] ?? 0) + 1) : least);
    }
    [earlier, above] = [above, row];
  }
  return above[b.length] ?? 0;
}
