/** An error of Node's HTTP parser. */
export type ClientError = Error & { code?: string; rawPacket?: unknown };

const IN_FIRST_LINE: ReadonlySet<string> = new Set([
  'HPE_INVALID_CONSTANT',
  'HPE_INVALID_METHOD',
  'HPE_INVALID_URL',
  'HPE_INVALID_VERSION',
]);

/** Whether the parser failed in a first line. The packet then begins with that request. */
export function isInFirstLine({ code = '' }: ClientError): boolean {
  return IN_FIRST_LINE.has(code);
}

/**
 * The packet that could not be read, as latin1, if it begins with a request; else empty. Later requests of a packet are
 * not searched for, because a body could pretend to be a request.
 */
export function unreadText({ rawPacket }: ClientError): string {
  const text = Buffer.isBuffer(rawPacket) ? rawPacket.toString('latin1').replace(/^(?:\r?\n)+/, '') : '';
  return /^[A-Za-z]{1,20}[ \t]/.test(text) ? text : '';
}
