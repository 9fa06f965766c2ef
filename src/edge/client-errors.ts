/** An error of Node's HTTP parser. */
export type ClientError = Error & { code?: string; rawPacket?: unknown };

const IN_FIRST_LINE: ReadonlySet<string> = new Set([
  'HPE_INVALID_CONSTANT',
  'HPE_INVALID_METHOD',
  'HPE_INVALID_URL',
  'HPE_INVALID_VERSION',
]);

/** The parser failed in a first line; so the packet begins where that request does. */
export function isInFirstLine({ code = '' }: ClientError): boolean {
  return IN_FIRST_LINE.has(code);
}

/**
 * The packet that could not be read, as latin1, if it begins with a request; else empty. What stands behind other requests
 * in one packet is not looked for: a body could pretend to be a request.
 */
export function unreadText({ rawPacket }: ClientError): string {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1').replace(/^(?:\r?\n)+/, '') : '';
  return /^[A-Za-z]{1,20}[ \t]/.test(text) ? text : '';
}
