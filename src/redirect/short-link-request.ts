import type { RedirectStatus } from '../links/link.schema.js';

/** What the redirect reads of a request, whoever took it off the wire. Texts are as Node gives them: one character a byte. */
export interface ShortLinkRequest {
  /** No body is asked for, and nobody looks at it: `HEAD`, `OPTIONS`. */
  isHead: boolean;
  /** Neither GET nor HEAD, but a form that is sent to the link, or a program. */
  hasOtherMethod?: boolean;
  /** Path and query as sent. */
  url: string;
  host: string;
  userAgent: string;
  acceptLanguage: string;
  referrer: string;
  forwardedFor: string | undefined;
  /** What says that nobody has asked to see it yet: `Sec-Purpose` and its elders. */
  purpose: string | undefined;
  /** Empty when there is none. */
  cookie: string;
  /** `DNT: 1` or `Sec-GPC: 1`. */
  doNotTrack: boolean;
  remoteAddress: string;
}

/** Headers of one answer, names in lower case. Values are printable ASCII: they go out as they are. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** How a request is answered, once. */
export interface Reply {
  /** @param location printable ASCII. */
  redirect(status: RedirectStatus, location: string, headers?: ExtraHeaders): void;
  /** @param retryAfterSeconds for a 503. */
  plain(status: PlainStatus, text: string, retryAfterSeconds?: number): void;
  /** @param headers besides those of every page, or instead of them; see pages/page-headers.ts. */
  page(status: PageStatus, html: string, headers?: ExtraHeaders): void;
}

export type PlainStatus = 403 | 404 | 410 | 429 | 451 | 503;
export type PageStatus = 200 | 414 | 422 | PlainStatus;
