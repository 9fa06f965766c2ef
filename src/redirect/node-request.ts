import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RedirectStatus } from '../links/link.schema.js';
import { PAGE_HEADERS } from './pages/page-headers.js';
import type { ExtraHeaders, PageStatus, PlainStatus, Reply, ShortLinkRequest } from './short-link-request.js';

const OTHER_METHODS: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/**
 * A short-link request that came through Node's HTTP server; `undefined` for methods that no link has. A body is not read: who
 * is redirected sends it again where it is wanted.
 */
export function toShortLinkRequest(request: IncomingMessage): ShortLinkRequest | undefined {
  const { method = '', headers } = request;
  const hasOtherMethod = OTHER_METHODS.has(method);
  if (method !== 'GET' && method !== 'HEAD' && !hasOtherMethod) return undefined;
  const purpose = headers['sec-purpose'] ?? headers['purpose'] ?? headers['x-moz'] ?? headers['x-purpose'];
  return {
    isHead: method === 'HEAD' || method === 'OPTIONS',
    ...(hasOtherMethod && { hasOtherMethod }),
    url: request.url ?? '/',
    host: headers.host ?? '',
    userAgent: headers['user-agent'] ?? '',
    acceptLanguage: headers['accept-language'] ?? '',
    referrer: headers.referer ?? '',
    forwardedFor: [headers['x-forwarded-for'] ?? []].flat().join(',') || undefined,
    purpose: [purpose ?? []].flat()[0],
    cookie: headers.cookie ?? '',
    doNotTrack: headers['dnt'] === '1' || headers['sec-gpc'] === '1',
    remoteAddress: request.socket.remoteAddress ?? '',
  };
}

/** Answers through Node's own response. */
export class NodeReply implements Reply {
  constructor(private readonly response: ServerResponse) {}

  redirect(status: RedirectStatus, location: string, headers?: ExtraHeaders): void {
    const own = { location, 'cache-control': 'private, no-store', 'content-length': 0 };
    this.response.writeHead(status, { ...own, ...headers }).end();
  }

  plain(status: PlainStatus, text: string, retryAfterSeconds?: number): void {
    const body = `${text}\n`;
    if (retryAfterSeconds !== undefined) this.response.setHeader('retry-after', retryAfterSeconds);
    this.response
      .writeHead(status, {
        'content-type': 'text/plain; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .end(this.response.req.method === 'HEAD' ? undefined : body);
  }

  page(status: PageStatus, html: string, headers?: ExtraHeaders): void {
    this.response
      .writeHead(status, { ...PAGE_HEADERS, ...headers, 'content-length': Buffer.byteLength(html) })
      .end(this.response.req.method === 'HEAD' ? undefined : html);
  }
}
