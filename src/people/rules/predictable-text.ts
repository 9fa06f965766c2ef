/** The rows of keyboards, as texts that people type in order. */
const KEYBOARD_ROWS = [
  ['`1234567890-=', ' qwertyuiop[]\\', " asdfghjkl;'", ' zxcvbnm,./'],
  ['qwertzuiopü', 'asdfghjklöä', 'yxcvbnm'],
  ['azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  ['йцукенгшщзхъ', 'фывапролджэ', 'ячсмитьбю'],
];
const SHORTEST_SEQUENCE = 3;
/** Words such as "were" are walks over neighbouring keys too, so a walk with turns must be longer. */
const SHORTEST_WALK = 4;
/** Characters that a sequence or a run of one character counts as. */
const SEQUENCE_COUNTS_AS = 2;
const LONGEST_REPEATED_PIECE = 40;

/** Keys beside each other: in the same row of any keyboard, for sequences. */
const NEXT_IN_ROW = nextInRow();
/** Keys that touch each other on a US keyboard, for walks. */
const TOUCHING = touchingKeys();

/**
 * The number of characters that are not predictable from those before: repeated pieces count once, and sequences of the
 * alphabet, of numbers or of a keyboard count as two. @param text lower case.
 */
export function countUnpredictable(text: string): number {
  const characters = Array.from(text);
  const even = characters.filter((_, at) => at % 2 === 0);
  const odd = characters.filter((_, at) => at % 2 === 1);
  // Two sequences may alternate: q1w2e3r4.
  return Math.min(shortest(characters), shortest(even) + shortest(odd));
}

/** Like `countUnpredictable`, for repeated pieces only. */
export function countWithoutRepeats(text: string): number {
  return shortest(Array.from(text), false);
}

function shortest(characters: string[], hasSequences = true): number {
  const costs = Array.from<number>({ length: characters.length + 1 }).fill(0);
  for (let start = characters.length - 1; start >= 0; start--) {
    let least = 1 + (costs[start + 1] ?? 0);
    const sequence = hasSequences ? longestSequence(characters, start) : 0;
    if (sequence > 0) least = Math.min(least, SEQUENCE_COUNTS_AS + (costs[start + sequence] ?? 0));
    for (let piece = 1; piece <= LONGEST_REPEATED_PIECE && start + 2 * piece <= characters.length; piece++) {
      const length = repeatedLength(characters, start, piece);
      if (length >= Math.max(2 * piece, 3)) {
        least = Math.min(least, Math.max(piece, SEQUENCE_COUNTS_AS) + (costs[start + length] ?? 0));
      }
    }
    costs[start] = least;
  }
  return costs[0] ?? 0;
}

/** The length of the longest sequence that begins here; 0: none. */
function longestSequence(characters: string[], start: number): number {
  const ascending = lengthWhile(characters, start, (one, next) => codeOf(next) - codeOf(one) === 1);
  const descending = lengthWhile(characters, start, (one, next) => codeOf(one) - codeOf(next) === 1);
  const forward = lengthWhile(characters, start, (one, next) => NEXT_IN_ROW.has(one + next));
  const back = lengthWhile(characters, start, (one, next) => NEXT_IN_ROW.has(next + one));
  const walk = lengthWhile(characters, start, (one, next) => TOUCHING.has(one + next));
  const longest = Math.max(ascending, descending, forward, back, walk >= SHORTEST_WALK ? walk : 0);
  return longest >= SHORTEST_SEQUENCE ? longest : 0;
}

/** The number of characters from `start` that repeat a piece, including the piece. */
function repeatedLength(characters: string[], start: number, piece: number): number {
  let end = start + piece;
  while (end < characters.length && characters[end] === characters[end - piece]) end++;
  return end - start;
}

function lengthWhile(characters: string[], start: number, follows: (one: string, next: string) => boolean): number {
  let end = start + 1;
  while (end < characters.length && follows(characters[end - 1] ?? '', characters[end] ?? '')) end++;
  return end - start;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function nextInRow(): Set<string> {
  const rows = KEYBOARD_ROWS.flat().map((row) => Array.from(row.trim()));
  return new Set(rows.flatMap((row) => row.slice(1).map((key, at) => `${row[at]}${key}`)));
}

/** Each row of a keyboard is shifted to the right, so a key touches two keys above it and two below. */
function touchingKeys(): Set<string> {
  const rows = (KEYBOARD_ROWS[0] ?? []).map((row) => Array.from(row));
  const pairs = rows.flatMap((row, y) =>
    row.flatMap((key, x) => {
      const others = [row[x + 1], rows[y + 1]?.[x - 1], rows[y + 1]?.[x]];
      return others.flatMap((other) => (other === undefined ? [] : [key + other, other + key]));
    }),
  );
  return new Set(pairs.filter((pair) => !pair.includes(' ')));
}
