import { Html, markup } from '../../platform/text/html.js';

/** Must be in the page unchanged, as its hash is in the Content-Security-Policy. */
export const FRAME_STYLE = 'body{margin:0}iframe{position:fixed;inset:0;width:100%;height:100%;border:0}';
const STYLE = new Html(`<style>${FRAME_STYLE}</style>`);

/**
 * Shows a destination in a frame under the short link's address. The frame may use the features that need no permission.
 * Camera, location and the like are not allowed, as browsers would ask in the name of the short link.
 * @param url the destination of this click, http or https.
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
