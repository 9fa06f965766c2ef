import { Html, markup } from './html.js';

/** Its hash is in the page's Content-Security-Policy, so it stands in the page as it is. */
export const FRAME_STYLE = 'body{margin:0}iframe{position:fixed;inset:0;width:100%;height:100%;border:0}';
const STYLE = new Html(`<style>${FRAME_STYLE}</style>`);

/**
 * Shows a destination under the short link's own address. What browsers let a page do without asking, they let it do in the
 * frame; camera, place and the like they would ask for in the short link's name.
 * @param url where this click leads; http or https.
 */
export function framePage(title: string, url: string): string {
  return markup`<!doctype html>
    <html>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>${title}</title>
        ${STYLE}
      </head>
      <body>
        <iframe src="${url}" title="${title}" allow="autoplay; clipboard-write; fullscreen; payment"
          ><a href="${url}" rel="nofollow">${title}</a></iframe
        >
      </body>
    </html> `.text;
}
