/**
 * Encodes a text as a field name: percent-encoded where MongoDB would read it as a path, an operator or an array index.
 * `decodeURIComponent` restores it.
 */
export function fieldName(text: string): string {
  if (/^[A-Za-z][\w -]{0,100}$/.test(text)) return text;
  return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, '\uFFFD'))
    .replaceAll('.', '%2E')
    .replaceAll('~', '%7E')
    .replaceAll(/^[\d_]/g, (first) => `%${first.charCodeAt(0).toString(16)}`);
}
