import type { CompiledLink } from '../../links/rules/compiled-link.js';
import { decodeBase62 } from '../../platform/ids/base62.js';
import { printableQuery } from '../../platform/urls/percent-text.js';
import type { EdgeHeaders } from '../../edge/edge-reply.js';
import type { DenyReason } from '../link-router.service.js';
import { framePage } from './frame-page.js';
import { linkPath } from './layout.js';
import { WITH_FORM_LEADING_AWAY, WITH_FRAME, WITH_IMAGES } from './page-headers.js';
import { passwordPage } from './password-page.js';
import { type HiddenBy, linkPreviewPage, previewPage } from './preview-page.js';
import { messagePage } from './report-page.js';
import { expiredPage, notFoundPage, notStartedPage, suspendedPage, tooLongPage, usedUpPage } from './state-pages.js';

export type PageStatus = 200 | 403 | 404 | 410 | 414 | 422 | 429 | 451 | 503;

/** A page, and the headers that differ from those of every page (page-headers.ts). */
export interface PageAnswer {
  status: PageStatus;
  html: string;
  headers?: EdgeHeaders;
}

/** The part of the request that a page repeats. */
interface AskedFor {
  /** As in the visitor's URL, decoded. */
  slug: string;
  rawQuery: string;
}

/** Sent with the form. It comes back if the browser accepts cookies. */
export const COOKIE_TEST = 'hopback_try=1';
const LOCKED_HEADERS = { ...WITH_FORM_LEADING_AWAY, 'set-cookie': `${COOKIE_TEST}; Path=/_/; HttpOnly; SameSite=Lax` };

/** The page of a denied visit. The form for a password is 200: a 401 would have to name an authentication scheme. */
export function denialAnswer(reason: DenyReason, { options }: CompiledLink, { slug, rawQuery }: AskedFor): PageAnswer {
  const { startsAt, suspended = '' } = options ?? {};
  switch (reason) {
    case 'locked':
      return { status: 200, html: passwordPage({ slug, query: printableQuery(rawQuery) }), headers: LOCKED_HEADERS };
    case 'suspended':
      return { status: 403, html: suspendedPage(suspended, slug) };
    case 'expired':
      return { status: 410, html: expiredPage() };
    case 'used_up':
      return { status: 410, html: usedUpPage() };
    case 'not_begun':
      return { status: 404, html: startsAt === undefined ? notFoundPage() : notStartedPage(new Date(startsAt)) };
  }
}

export function notFoundAnswer(): PageAnswer {
  return { status: 404, html: notFoundPage() };
}

/** The answer to an address that has requested too many unknown links. */
export function tooManyUnknownAnswer(): PageAnswer {
  const html = messagePage(
    'Not now',
    'Too many unknown links were requested from your address. Please try again shortly.',
  );
  return { status: 429, html, headers: { 'retry-after': '60' } };
}

export function tooLongAnswer(): PageAnswer {
  return { status: 414, html: tooLongPage() };
}

/**
 * The preview page (`slug+`). A link that is not open gets the same page as its visitors, as its destination may be a secret
 * until then. @param slug without the `+`.
 */
export function previewPageAnswer(link: CompiledLink, slug: string, publicUrl: string, now: number): PageAnswer {
  const closed = closedAnswer(link, slug, now);
  if (closed !== undefined) return closed;
  const { passwordHash, cloak, preview = {} } = link.options ?? {};
  const hidden = hiddenBy(passwordHash, cloak);
  const html = previewPage({
    shortUrl: shortUrlOf(link, slug, publicUrl),
    slug,
    url: hidden === undefined ? link.url : undefined,
    hidden,
    otherUrls: hidden === undefined ? otherUrls(link) : [],
    preview,
    createdAt: timeOfId(link.id),
  });
  return { status: 200, html, headers: WITH_IMAGES };
}

function hiddenBy(passwordHash: string | undefined, cloak: object | undefined): HiddenBy | undefined {
  if (passwordHash !== undefined) return 'password';
  return cloak === undefined ? undefined : 'cloak';
}

/** The answer to bots that fetch link previews; see preview-bots.ts. */
export function linkPreviewAnswer(link: CompiledLink, slug: string, publicUrl: string): PageAnswer {
  return { status: 200, html: linkPreviewPage(shortUrlOf(link, slug, publicUrl), link.options?.preview ?? {}) };
}

/** `undefined` for an open link. Click limits are not checked, as they need the database. */
function closedAnswer(link: CompiledLink, slug: string, now: number): PageAnswer | undefined {
  const { suspended, startsAt, expiresAt, isPaused } = link.options ?? {};
  const deny = (reason: DenyReason): PageAnswer => denialAnswer(reason, link, { slug, rawQuery: '' });
  if (suspended !== undefined) return deny('suspended');
  if (isPaused === true) return notFoundAnswer();
  if (startsAt !== undefined && now < startsAt) return deny('not_begun');
  return expiresAt !== undefined && now >= expiresAt ? deny('expired') : undefined;
}

/**
 * The page of a cloaked link, with `location` in a frame. The short link's address is the frame's referrer, so it is sent only
 * if the link sets a referrer policy, and never for a link with a password.
 */
export function frameAnswer(link: CompiledLink, location: string, isIndexed: boolean): PageAnswer {
  const { preview, cloak, passwordHash, referrerPolicy } = link.options ?? {};
  const headers: EdgeHeaders = {
    ...WITH_FRAME,
    ...(isIndexed && { 'x-robots-tag': 'all' }),
    ...(referrerPolicy && passwordHash === undefined && { 'referrer-policy': referrerPolicy }),
  };
  return { status: 200, html: framePage(preview?.title ?? cloak?.title ?? new URL(location).host, location), headers };
}

function otherUrls(link: CompiledLink): string[] {
  const { rules = [], variants = [] } = link.options ?? {};
  const all = [
    ...rules.flatMap(({ url, variants: some }) => [...(url ? [{ url }] : []), ...(some ?? [])]),
    ...variants,
  ];
  return all.map(({ url }) => url).filter((url) => url !== link.url);
}

/** Only the host of PUBLIC_URL may have a port or plain HTTP. */
function shortUrlOf(link: CompiledLink, slug: string, publicUrl: string): string {
  const { hostname, origin } = new URL(publicUrl);
  return (link.hostname === hostname ? origin : `https://${link.hostname}`) + linkPath(slug);
}

/** An id begins with the time of its creation; see ids.ts. */
function timeOfId(id: string): Date | undefined {
  const milliseconds = decodeBase62(id.slice(4, 11));
  return milliseconds === undefined || id.length !== 24 ? undefined : new Date(milliseconds);
}
