/**
 * The URL, or `undefined` for what is none. Not `URL.canParse`: in Node 20 it says no to every URL with letters beyond
 * Latin-1 once V8 has optimised the function that calls it (docs/traps.md).
 */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
