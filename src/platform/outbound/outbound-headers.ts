import { OutboundError } from './outbound-error.js';

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}$/;
/** Visible ASCII, Latin-1, space and tab: no line ends, no control characters. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]{0,4096}$/;
const MAX_HEADERS = 50;

/** Headers for the target, the length or the sender of a request. Only the client sets them. */
const OURS = new Set([
  'host',
  'authorization',
  'proxy-authorization',
  'proxy-connection',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'accept-encoding',
]);

/** Why a header may not be sent with an outgoing request; `undefined` when it may. Also checks input. */
export function headerProblem(name: string, value: string): string | undefined {
  if (!NAME.test(name)) return `"${name.slice(0, 40)}" is not a valid header name`;
  if (OURS.has(name.toLowerCase())) return `${name} is set by this server`;
  return VALUE.test(value) ? undefined : `${name} has a value that is not valid in a header`;
}

/** @throws OutboundError `header_not_allowed` */
export function checkHeaders(headers: Readonly<Record<string, string>>): void {
  const entries = Object.entries(headers);
  if (entries.length > MAX_HEADERS) {
    throw new OutboundError('header_not_allowed', `more than ${MAX_HEADERS} headers`);
  }
  for (const [name, value] of entries) {
    const problem = headerProblem(name, value);
    if (problem !== undefined) throw new OutboundError('header_not_allowed', problem);
  }
}
