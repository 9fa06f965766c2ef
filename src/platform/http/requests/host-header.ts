import type { IncomingMessage } from 'node:http';

/** `name`, `name:443`, `[2001:db8::7]:443`; empty where the target has no host (RFC 9112, 3.2). */
const VALID = /^(?:(?:[\w.-]+|\[[\dA-F:.]+\])(?::\d*)?)?$/i;
const NAME = 'host';

/** Whether a `Host` names exactly one host. Forms that programs read differently are refused. */
export function isHostHeader(text: string): boolean {
  return VALID.test(text);
}

/**
 * Whether a request has exactly one valid host. HTTP/1.1 requires a `Host`; with two of them, a proxy may have used the
 * other one (RFC 9112, 3.2).
 */
export function hasOneHost({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    if (name.length !== NAME.length || name.toLowerCase() !== NAME) continue;
    count++;
    if (count > 1 || !isHostHeader(rawHeaders[i + 1] ?? '')) return false;
  }
  const isThere = count === 1 || httpVersion === '1.0' || httpVersion === '0.9';
  return isThere && isHostHeader(headers.host ?? '');
}
