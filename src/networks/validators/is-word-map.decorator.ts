import { buildMessage, ValidateBy } from 'class-validator';

const MAX_ENTRIES = 200;
const MAX_WORD_LENGTH = 100;
/** Maximum of all lists together. The first request after a change parses each name, which takes up to 80 µs each. */
const MAX_LISTED = 400;

interface WordMapRules {
  /** Allowed keys; any when absent. */
  keys?: readonly string[];
  /** Allowed values; any when absent. */
  values?: readonly string[];
  /** A further condition for values; `acceptText` describes it in the error text. */
  accept?: (word: string) => boolean;
  acceptText?: string;
  /** Values are lists of words instead of words. */
  lists?: boolean;
}

/** An object from words to words, or to lists of words, with bounded size. */
export function IsWordMap(rules: WordMapRules): PropertyDecorator {
  return ValidateBy({
    name: 'isWordMap',
    validator: {
      validate: (value: unknown) => isWordMap(value, rules),
      defaultMessage: buildMessage((each) => `${each}$property must be an object of ${describe(rules)}`),
    },
  });
}

function isWordMap(value: unknown, { keys, values, lists, accept = () => true }: WordMapRules): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries: [string, unknown][] = Object.entries(value);
  const listed = entries.reduce((sum, [, entry]) => sum + (Array.isArray(entry) ? entry.length : 1), 0);
  return (
    entries.length <= MAX_ENTRIES &&
    listed <= MAX_LISTED &&
    entries.every(([key, entry]) => {
      if (!isWord(key) || (keys && !keys.includes(key))) return false;
      const words: unknown[] = lists ? (Array.isArray(entry) ? entry : [undefined]) : [entry];
      return (
        words.length <= MAX_ENTRIES &&
        words.every((word) => isWord(word) && (!values || values.includes(word)) && accept(word))
      );
    })
  );
}

/** Some words become field names in MongoDB, so NUL and a leading `$` are refused. Others go into URLs, which cannot hold a lone surrogate. */
function isWord(text: unknown): text is string {
  const isShort = typeof text === 'string' && text.length > 0 && text.length <= MAX_WORD_LENGTH;
  return isShort && !text.startsWith('$') && !/[\p{Cc}\p{Cs}]/u.test(text);
}

function describe({ keys, values, lists, acceptText = 'words' }: WordMapRules): string {
  const from = keys ? `names out of ${keys.join(', ')}` : 'words';
  const to = values
    ? `one of ${values.join(', ')}`
    : lists
      ? `lists of names, ${MAX_LISTED} in all at most,`
      : acceptText;
  return `${from} to ${to}, without control characters`;
}
