/**
 * The URL, or `undefined` when the text is not one. Not `URL.canParse`: in Node 20 it refuses every URL with letters
 * beyond Latin-1 once V8 has optimised the calling function (docs/traps.md).
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
