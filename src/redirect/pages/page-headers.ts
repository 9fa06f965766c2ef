import { createHash } from 'node:crypto';
import type { ExtraHeaders } from '../short-link-request.js';
import { PAGE_STYLE } from './page-style.js';

const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`;

/** Of every page for visitors: nothing runs, nothing is loaded, nothing is kept, nobody frames it. */
export const PAGE_HEADERS: ExtraHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `${POLICY}; form-action 'self'`,
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
};

/** For a page that shows an image from elsewhere. */
export const WITH_IMAGES: ExtraHeaders = {
  'content-security-policy': `${POLICY}; form-action 'self'; img-src https: data:`,
};

/**
 * For a page whose form ends, by redirects, on another site: Chromium holds `form-action` against each of them. There is
 * nothing in the page that was not put there by us, and so no second form.
 */
export const WITH_FORM_LEADING_AWAY: ExtraHeaders = { 'content-security-policy': POLICY };
