import { Html, markup } from './html.js';
import { PAGE_STYLE } from './page-style.js';

export interface PageParts {
  title: string;
  /** Between head's own and its end. */
  head?: Html;
  body: Html;
  /** Where this link can be reported. */
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
  // A path that begins with two slashes would be another host.
  return `/${encodeURI(wellFormed(slug)).replaceAll('?', '%3F').replaceAll('#', '%23').replaceAll(';', '%3B')}`.replace(
    /^\/+/,
    '/',
  );
}

/** Where a link can be reported, on its own host. */
export function reportPath(slug: string): string {
  return `/_/report?slug=${encodeURIComponent(wellFormed(slug))}`;
}

/** `encodeURI` throws for half a character. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\ufffd');
}
