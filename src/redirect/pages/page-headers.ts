import { createHash } from 'node:crypto';
import type { ExtraHeaders } from '../short-link-request.js';
import { FRAME_STYLE } from './frame-page.js';
import { PAGE_STYLE } from './page-style.js';

const POLICY = `default-src 'none'; style-src ${hashOf(PAGE_STYLE)}; base-uri 'none'; frame-ancestors 'none'`;

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

/** For the page of a cloaked link: one frame of the web, and what caches are told is what a redirect tells them. */
export const WITH_FRAME: ExtraHeaders = {
  'cache-control': 'private, no-store',
  'content-security-policy': `default-src 'none'; style-src ${hashOf(FRAME_STYLE)}; frame-src http: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

function hashOf(style: string): string {
  return `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
}
