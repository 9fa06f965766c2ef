import { type CommonPasswords, folded, without, withoutSwaps } from './common-passwords.js';
import { countUnpredictable, countWithoutRepeats } from './predictable-text.js';

export const MIN_PASSWORD_LENGTH = 12;
export const MAX_PASSWORD_LENGTH = 200;
/** A password needs as many characters that neither sequences, repetitions nor own words explain. */
const FEWEST_UNPREDICTABLE = 8;
const SHORTEST_OWN_WORD = 3;

export type PasswordProblemCode = 'too_short' | 'too_long' | 'common' | 'repeated' | 'sequence' | 'own_words';

export interface PasswordProblem {
  code: PasswordProblemCode;
  /** For people: what is wrong, and what to do. */
  message: string;
}

/** The account that a password is for. */
export interface PasswordOwner {
  email: string;
  name?: string | undefined;
  /** Host of PUBLIC_URL. */
  publicHost: string;
}

/** @returns all problems of a new password; none: it may be used. */
export function findPasswordProblems(
  password: string,
  owner: PasswordOwner,
  commonPasswords: CommonPasswords,
): PasswordProblem[] {
  const asTyped = password.normalize('NFC').toLowerCase();
  const length = Array.from(password.normalize('NFC')).length;
  if (length > MAX_PASSWORD_LENGTH) {
    const message = `The password may have ${MAX_PASSWORD_LENGTH} characters at most; yours has ${length}. Use a shorter one.`;
    return [{ code: 'too_long', message }];
  }
  const text = Array.from(folded(password)).slice(0, MAX_PASSWORD_LENGTH).join('');
  const problems: PasswordProblem[] = [];
  if (length < MIN_PASSWORD_LENGTH) {
    const message = `The password needs ${MIN_PASSWORD_LENGTH} characters or more; yours has ${length}. Several words in a row are easy to remember.`;
    problems.push({ code: 'too_short', message });
  }
  if (commonPasswords.includes(text)) problems.push(COMMON);
  // A folded character may be as long as a phrase, so that its repetitions look like one.
  const predictability = predictabilityOf(asTyped, length) ?? predictabilityOf(text, length);
  if (predictability !== undefined) problems.push(predictability);
  if (isMostlyOwnWords(text, ownWordsOf(owner), commonPasswords)) problems.push(OWN_WORDS);
  return problems;
}

const COMMON: PasswordProblem = {
  code: 'common',
  message:
    'This is one of the passwords that attackers try first, or such a password with digits. Use several unrelated words.',
};
const REPEATED: PasswordProblem = {
  code: 'repeated',
  message: 'The password repeats the same few characters. Use several different words.',
};
const SEQUENCE: PasswordProblem = {
  code: 'sequence',
  message: 'The password follows the order of the keyboard, the alphabet or numbers. Use several unrelated words.',
};
const OWN_WORDS: PasswordProblem = {
  code: 'own_words',
  message:
    'The password consists mostly of your name, your e-mail address or the name of this site. Add words that have nothing to do with you.',
};

/** Short passwords have few characters anyway, so each is held to its own length. */
function predictabilityOf(text: string, length: number): PasswordProblem | undefined {
  const fewest = Math.min(FEWEST_UNPREDICTABLE, Math.ceil((length * FEWEST_UNPREDICTABLE) / MIN_PASSWORD_LENGTH));
  if (countWithoutRepeats(text) < fewest || new Set(text).size * 2 < fewest) return REPEATED;
  return countUnpredictable(text) < fewest ? SEQUENCE : undefined;
}

function isMostlyOwnWords(text: string, ownWords: string[], commonPasswords: CommonPasswords): boolean {
  const characters = Array.from(text);
  const rest = without(characters, ownWords);
  if (rest.length === characters.length) return false;
  const other = rest.join('');
  return countUnpredictable(other) < FEWEST_UNPREDICTABLE || commonPasswords.includes(other);
}

/** Longest first, with swaps undone. */
function ownWordsOf({ email, name = '', publicHost }: PasswordOwner): string[] {
  const [localPart = '', domain = ''] = folded(email).split('@');
  const texts = [email, localPart, domain, name, publicHost].map(folded);
  const parts = [localPart, name].flatMap((text) => folded(text).split(/[^\p{L}\p{N}]+/u));
  // The last label is a top-level domain, which many words contain.
  const labels = [domain, folded(publicHost)].flatMap((host) => host.split('.').slice(0, -1));
  const words = new Set(['hopback', ...texts, ...parts, ...labels].map((word) => withoutSwaps(Array.from(word))));
  return [...words].filter((word) => word.length >= SHORTEST_OWN_WORD).toSorted((a, b) => b.length - a.length);
}
