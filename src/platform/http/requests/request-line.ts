const METHODS = 'GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS';
const LINE = new RegExp(`^(${METHODS})[ \\t]+(.*?)[ \\t]+(HTTP/1\\.[01])[ \\t]*$`, 'is');
const OPEN_LINE = new RegExp(`^(?:${METHODS})[ \\t][^\\n]*$`, 'i');
const NOT_ALLOWED = /[^!-~]/g;
const CLEAN_TARGET = /^(?:\/|https?:\/\/|\*$)/i;

/**
 * The first line of a request with a valid target. Spaces, control characters and bytes above 127, which Node refuses,
 * become percent-encoded; a target without its leading slash gets one.
 * @param line latin1, without its line break.
 * @returns `undefined` when the line is valid, or cannot be repaired.
 */
export function repairRequestLine(line: string): string | undefined {
  const [, method, sent, version] = LINE.exec(line) ?? [];
  if (method === undefined || sent === undefined || version === undefined || line.includes('\r')) return undefined;
  const encoded = sent.replaceAll(NOT_ALLOWED, percentEncoded);
  const target = CLEAN_TARGET.test(encoded) ? encoded : `/${encoded.replace(/^\\+/, '')}`;
  const repaired = `${method.toUpperCase()} ${target} ${version.toUpperCase()}`;
  return repaired === line ? undefined : repaired;
}

/** Like `repairRequestLine`, for the beginning of a request; its first line must be complete. */
export function repairRequestStart(text: string): string | undefined {
  const lineEnd = text.indexOf('\r\n');
  const line = lineEnd < 0 ? undefined : repairRequestLine(text.slice(0, lineEnd));
  return line === undefined ? undefined : line + text.slice(lineEnd);
}

/** Whether a request's first line is incomplete, so that its target is not known yet. */
export function isOpenRequestLine(text: string): boolean {
  return OPEN_LINE.test(text);
}

/** `A` → `%41`. @param letter of one byte. */
export function percentEncoded(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
