import { hashOfStyle, PAGE_STYLE } from '../../platform/pages/page-style.js';
import { Html, markup } from '../../platform/text/html.js';
import { APP_PAGES, type AppPage } from './app-pages.js';
import { APP_STYLE } from './app-style.js';

/** The headers of every page for people: own scripts only, requests to this server only, no caching, no framing. */
export const APP_PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${hashOfStyle(PAGE_STYLE)} ${hashOfStyle(APP_STYLE)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-robots-tag': 'noindex',
} as const;

const STYLES = new Html(`<style>${PAGE_STYLE}</style><style>${APP_STYLE}</style>`);

const LOGO = new Html(
  '<svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8.5" fill="#2A52D4"/><g fill="none" stroke-width="3.1" stroke-linecap="round"><path d="M9.8 6.5v19M9.8 17.5c0-4 2.8-6.2 6.1-6.2 3.9 0 6.5 2.7 6.5 6.6" stroke="#fff"/><path d="M22 21.6c-.9 2.4-3.2 3.9-6.1 3.9" stroke="#A9C0FF"/></g></svg>',
);

/** A whole page. Its script fills `<main>`. */
export function appLayout({ title, script, hasNavigation }: AppPage): string {
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title} – Hopback</title>
        <link rel="icon" href="data:," />
        ${STYLES}
        <script type="module" src="/app/assets/${script}.js"></script>
      </head>
      <body>
        <header>
          <a class="brand" href="/app">${LOGO} Hopback</a>
          ${hasNavigation ? navigation(script) : undefined}
        </header>
        <main>
          <h1>${title}</h1>
          <noscript>
            <p>This page needs JavaScript. Allow it for this address, and load the page again. The API works without it.</p>
          </noscript>
        </main>
      </body>
    </html> `.text;
}

/** For an address under `/app` that has no page. */
export function missingPage(): string {
  return markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>Not found – Hopback</title>
        ${STYLES}
      </head>
      <body>
        <header><a class="brand" href="/app">${LOGO} Hopback</a></header>
        <main>
          <h1>There is no such page</h1>
          <p><a href="/app">Go to your account</a></p>
        </main>
      </body>
    </html> `.text;
}

function navigation(current: string): Html {
  const links = [...APP_PAGES].flatMap(([path, { title, script, hasNavigation }]) => {
    if (!hasNavigation) return [];
    const isCurrent = script === current ? new Html(' aria-current="page"') : undefined;
    return [markup`<a href="/app${path === '' ? '' : `/${path}`}" ${isCurrent}>${path === '' ? 'Account' : title}</a>`];
  });
  return markup`<nav aria-label="Pages">${links}</nav>`;
}
