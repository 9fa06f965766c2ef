import type { RedirectStatus } from '../links/link.schema.js';

/** What the redirect reads of a request, whoever took it off the wire. Texts are as Node gives them: one character a byte. */
export interface ShortLinkRequest {
  isHead: boolean;
  /** Path and query as sent. */
  url: string;
  host: string;
  userAgent: string;
  acceptLanguage: string;
  referrer: string;
  forwardedFor: string | undefined;
  /** What says that nobody has asked to see it yet: `Sec-Purpose` and its elders. */
  purpose: string | undefined;
  remoteAddress: string;
}

/** How a request is answered, once. */
export interface Reply {
  /** @param location printable ASCII. */
  redirect(status: RedirectStatus, location: string): void;
  /** @param retryAfterSeconds for a 503. */
  plain(status: PlainStatus, text: string, retryAfterSeconds?: number): void;
}

export type PlainStatus = 404 | 410 | 503;
