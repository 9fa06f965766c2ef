import type { IncomingMessage } from 'node:http';

const ABSOLUTE = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]*)(.*)$/is;
const SLASH = 47;

/**
 * Rewrites a request for an absolute target (`GET http://host/path HTTP/1.1`): the path becomes its URL, and the host of
 * the target replaces the header (RFC 9112, 3.2.2).
 */
export function toOriginForm(request: Pick<IncomingMessage, 'url' | 'headers'>): void {
  const { url = '/' } = request;
  if (url.charCodeAt(0) === SLASH) return;
  const [, host, rest] = ABSOLUTE.exec(url) ?? [];
  if (host === undefined || rest === undefined) return;
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  if (host !== '') request.headers.host = host;
}
