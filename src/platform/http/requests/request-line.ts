const METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';
const LINE = new RegExp(`^(${METHODS})[ \\t]+(.*?)[ \\t]+(HTTP/1\\.[01])[ \\t]*$`, 'is');
const OPEN_LINE = new RegExp(`^(?:${METHODS})[ \\t][^\\n]*$`, 'i');
const NOT_ALLOWED = /[^!-~]/g;
const CLEAN_TARGET = /^(?:\/|https?:\/\/|\*$)/i;

/**
 * The first line of a request with a target that HTTP allows. Spaces, control characters and bytes above 127, which Node
 * refuses, become percent-encoded; a target without its leading slash gets one.
 * @param line latin1, without its line break.
 * @returns `undefined` where there is nothing to mend, or nothing that can be.
 */
export function mendRequestLine(line: string): string | undefined {
  const [, method, sent, version] = LINE.exec(line) ?? [];
  if (method === undefined || sent === undefined || version === undefined || line.includes('\r')) return undefined;
  const encoded = sent.replaceAll(NOT_ALLOWED, percentEncoded);
  const target = CLEAN_TARGET.test(encoded) ? encoded : `/${encoded.replace(/^\\+/, '')}`;
  const mended = `${method.toUpperCase()} ${target} ${version.toUpperCase()}`;
  return mended === line ? undefined : mended;
}

/** The same for all that has come of a request so far; its first line must be there as a whole. */
export function mendRequestStart(text: string): string | undefined {
  const lineEnd = text.indexOf('\r\n');
  const line = lineEnd < 0 ? undefined : mendRequestLine(text.slice(0, lineEnd));
  return line === undefined ? undefined : line + text.slice(lineEnd);
}

/** Whether the rest of a request's first line is still to come: then nothing is known of its target yet. */
export function isOpenRequestLine(text: string): boolean {
  return OPEN_LINE.test(text);
}

/** `A` → `%41`. @param letter of one byte. */
export function percentEncoded(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
