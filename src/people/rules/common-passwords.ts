import { countUnpredictable } from './predictable-text.js';

/** Letters that people replace by digits or symbols. Both sides of a comparison are read in this way. */
const SWAPS: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '|': 'i',
  l: 'i',
  '2': 'z',
  '3': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '7': 't',
  '+': 't',
  '8': 'b',
  '9': 'g',
};
const LETTER = /\p{L}/u;
/** A common number in a text without letters may stand between fewer other digits than this. */
const FEWEST_OTHER_DIGITS = 10;

/** Lower case, and compatible forms of a letter as one. */
export function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** A folded text with usual swaps undone. It has one UTF-16 unit for each character of the text. */
export function withoutSwaps(characters: string[]): string {
  return characters.map((character) => SWAPS[character] ?? (character.length === 1 ? character : '\uFFFD')).join('');
}

/** Passwords that attackers try first. */
export class CommonPasswords {
  private readonly known: ReadonlySet<string>;
  private readonly shortest: number;
  private readonly longest: number;

  constructor(passwords: readonly string[]) {
    this.known = new Set(passwords.map((password) => withoutSwaps(Array.from(folded(password)))));
    const lengths = [...this.known].map(({ length }) => length);
    this.shortest = lengths.reduce((least, length) => Math.min(least, length), Number.POSITIVE_INFINITY);
    this.longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  }

  /**
   * Whether a text is a common password, alone or several times, with digits and symbols around it.
   * @param text folded.
   */
  includes(text: string): boolean {
    const characters = Array.from(text);
    const closed = characters.filter((character) => !/[\s._-]/.test(character));
    return this.isMadeOfOne(characters) || (closed.length < characters.length && this.isMadeOfOne(closed));
  }

  private isMadeOfOne(characters: string[]): boolean {
    const plain = withoutSwaps(characters);
    const firstLetter = characters.findIndex((character) => LETTER.test(character));
    const lastStart = firstLetter < 0 ? plain.length : firstLetter;
    for (let start = Math.max(0, lastStart - this.longest); start <= lastStart; start++) {
      for (let length = this.shortest; length <= this.longest && start + length <= plain.length; length++) {
        const word = plain.slice(start, start + length);
        if (this.known.has(word) && isPadding(without(characters, [word]), firstLetter >= 0)) return true;
      }
    }
    return false;
  }
}

/** Whether what is beside a common word adds little. @param hasLetters whether the whole text has letters. */
function isPadding(rest: string[], hasLetters: boolean): boolean {
  if (hasLetters) return !rest.some((character) => LETTER.test(character));
  return countUnpredictable(rest.join('')) < FEWEST_OTHER_DIGITS;
}

/** The characters outside of all occurrences of the words. @param words with swaps undone, longest first. */
export function without(characters: string[], words: readonly string[]): string[] {
  const plain = withoutSwaps(characters);
  const rest: string[] = [];
  for (let at = 0; at < characters.length;) {
    const word = words.find((candidate) => plain.startsWith(candidate, at));
    if (word === undefined) rest.push(characters[at] ?? '');
    at += word?.length ?? 1;
  }
  return rest;
}
