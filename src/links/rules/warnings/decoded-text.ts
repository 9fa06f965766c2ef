export interface DecodedUrl {
  text: string;
  /** The offset in the URL of each character of the text, and of the end. */
  positions: number[];
  /** For each character: true when it was percent-encoded. */
  wasEncoded: boolean[];
}

/** Decodes printable ASCII in a URL, also `%257B`. Never throws: invalid escapes stay as they are. */
export function decodeWithPositions(url: string): DecodedUrl {
  const positions: number[] = [];
  const wasEncoded: boolean[] = [];
  let text = '';
  for (let i = 0; i < url.length;) {
    const escape = url[i] === '%' ? /^%(?:25){0,2}([2-7][0-9a-f])/i.exec(url.slice(i, i + 8)) : null;
    const code = Number.parseInt(escape?.[1] ?? '', 16);
    const length = escape?.[0].length ?? 0;
    // A percent sign that could begin an escape stays encoded.
    const isPercent = code === 0x25 && !/^[0-9a-f]{2}/i.test(url.slice(i + length, i + length + 2));
    const isPrintable = (code >= 0x20 && code < 0x7f && code !== 0x25) || isPercent;
    positions.push(i);
    wasEncoded.push(isPrintable);
    text += isPrintable ? String.fromCharCode(code) : (url[i] ?? '');
    i += isPrintable ? length : 1;
  }
  positions.push(url.length);
  return { text, positions, wasEncoded };
}
