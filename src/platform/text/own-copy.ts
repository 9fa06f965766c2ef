const BEYOND_LATIN1 = /[^\0-\xff]/;

/**
 * The same text in memory of its own, whatever characters it has. V8 makes a slice of 13 characters and more a view of the
 * text it was cut from, so a slice of a request that stays in a cache would keep the whole request.
 */
export function ownCopy(text: string): string {
  const encoding = BEYOND_LATIN1.test(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}
