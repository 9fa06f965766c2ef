import { PAGE_STYLE } from '../../platform/pages/page-style.js';
import { Html, markup } from '../../platform/text/html.js';

// src/redirect/pages: the pages for visitors. visitor-pages.ts selects the page and status of an answer; start there. This file is
// the frame of all pages, page-headers.ts has the security headers.

export interface PageParts {
  title: string;
  /** Added at the end of `<head>`. */
  head?: Html;
  body: Html;
  /** Path of the form to report this link. Without it the page has no such footer. */
  reportPath?: string | undefined;
}

const STYLE = new Html(`<style>${PAGE_STYLE}</style>`);

/** A whole page: small, without scripts, readable on a phone and in the dark. */
export function layout({ title, head, body, reportPath }: PageParts): string {
  const report =
    reportPath === undefined
      ? undefined
      : markup`<footer><a href="${reportPath}" rel="nofollow">Report this link</a></footer>`;
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        ${head}${STYLE}
      </head>
      <body>
        <main>${body} ${report}</main>
      </body>
    </html> `.text;
}

/** The path of a short link on its own host: `/summer%20sale`. */
export function linkPath(slug: string): string {
  // A path that begins with two slashes would name another host.
  return `/${encodeURI(wellFormed(slug)).replaceAll('?', '%3F').replaceAll('#', '%23').replaceAll(';', '%3B')}`.replace(
    /^\/+/,
    '/',
  );
}

/** The path of the form to report a link, on its own host. */
export function reportPath(slug: string): string {
  return `/_/report?slug=${encodeURIComponent(wellFormed(slug))}`;
}

/** Replaces lone surrogates, for which `encodeURI` throws. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
