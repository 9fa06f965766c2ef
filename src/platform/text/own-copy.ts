const BEYOND_LATIN1 = /[^\0-\xff]/;

/**
 * A copy of the text that shares no memory with it. V8 stores a slice of 13 characters or more as a view of the original
 * text, so a cached slice of a request would keep the whole request in memory.
 */
export function ownCopy(text: string): string {
  const encoding = BEYOND_LATIN1.test(text) ? 'utf16le' : 'latin1';
  return Buffer.from(text, encoding).toString(encoding);
}
