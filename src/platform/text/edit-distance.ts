/**
 * The number of letters to insert, delete, replace or exchange with their neighbour to turn `b` into `a` (optimal string
 * alignment). The time is proportional to the product of both lengths, so callers must bound them.
 */
export function editDistance(a: string, b: string): number {
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
