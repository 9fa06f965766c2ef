import type { EdgeHeaders } from '../../edge/edge-reply.js';
import { hashOfStyle, PAGE_STYLE } from '../../platform/pages/page-style.js';
import { REDIRECT_CACHE_CONTROL } from '../rules/redirect-headers.js';
import { FRAME_STYLE } from './frame-page.js';

const POLICY = `default-src 'none'; style-src ${hashOfStyle(PAGE_STYLE)}; base-uri 'none'; frame-ancestors 'none'`;

/** The headers of every page for visitors: no scripts, no resources, no caching, no framing. */
export const PAGE_HEADERS: EdgeHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `${POLICY}; form-action 'self'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** For a page that shows an image from elsewhere. */
export const WITH_IMAGES: EdgeHeaders = {
  'content-security-policy': `${POLICY}; form-action 'self'; img-src https: data:`,
};

/**
 * For a page whose form leads to another site by redirects: Chromium applies `form-action` to each of them. The page has no
 * foreign content, so no second form can be in it.
 */
export const WITH_FORM_LEADING_AWAY: EdgeHeaders = { 'content-security-policy': POLICY };

/** For the page of a cloaked link: one frame with any site, and the caching of a redirect. */
export const WITH_FRAME: EdgeHeaders = {
  'cache-control': REDIRECT_CACHE_CONTROL,
  'content-security-policy': `default-src 'none'; style-src ${hashOfStyle(FRAME_STYLE)}; frame-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};
