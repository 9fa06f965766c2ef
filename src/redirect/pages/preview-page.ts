import { parseUrl } from '../../platform/urls/parse-url.js';
import { type Html, markup } from '../../platform/text/html.js';
import { layout, linkPath, reportPath } from './layout.js';

/** The preview of a link. An image is shown only if its URL is https or a data image. */
export interface PreviewFields {
  title?: string | null | undefined;
  description?: string | null | undefined;
  image?: string | null | undefined;
}

/** Why the destination is not shown. */
export type HiddenBy = 'password' | 'cloak';

export interface PreviewPage {
  shortUrl: string;
  slug: string;
  /** Destination template; `undefined` where it is hidden. */
  url: string | undefined;
  hidden: HiddenBy | undefined;
  /** Destinations of rules and variants. */
  otherUrls: readonly string[];
  preview: PreviewFields;
  createdAt: Date | undefined;
}

const MAX_OTHERS = 10;

/** Shows where a short link leads, without a redirect (`slug+`). */
export function previewPage(page: PreviewPage): string {
  const { shortUrl, slug, preview, createdAt } = page;
  const title = preview.title ?? 'Where this link leads';
  const image = imageUrl(preview.image);
  const body = markup`<h1>${title}</h1>
    ${preview.description ? markup`<p>${preview.description}</p>` : undefined}
    ${image === undefined ? undefined : markup`<div class="card"><img src="${image}" alt="" referrerpolicy="no-referrer" /></div>`}
    <p class="dim">The short link <span class="url">${shortUrl}</span> leads to</p>
    ${destination(page)} ${others(page.otherUrls)}
    <p><a class="button" href="${linkPath(slug)}" rel="nofollow">Open the link</a></p>
    ${createdAt && markup`<p class="dim">The link was created on <time datetime="${createdAt.toISOString()}">${createdAt.toISOString().slice(0, 10)}</time>.</p>`}`;
  return layout({ title, head: openGraph(shortUrl, preview), body, reportPath: reportPath(slug) });
}

/** The page for programs that fetch previews of links in messages. */
export function linkPreviewPage(shortUrl: string, preview: PreviewFields): string {
  const title = preview.title ?? shortUrl;
  const body = markup`<h1>${title}</h1>
    <p>${preview.description ?? undefined}</p>
    <p><a href="${shortUrl}">${shortUrl}</a></p>`;
  return layout({ title, head: openGraph(shortUrl, preview), body });
}

function openGraph(shortUrl: string, { title, description, image }: PreviewFields): Html {
  const picture = imageUrl(image);
  return markup`<meta property="og:type" content="website" />
    <meta property="og:url" content="${shortUrl}" />
    ${title ? markup`<meta property="og:title" content="${title}" /> ` : undefined}${
      description
        ? markup`<meta property="og:description" content="${description}" />
            <meta name="description" content="${description}" /> `
        : undefined
    }${picture ? markup`<meta property="og:image" content="${picture}" /> ` : undefined}<meta
      name="twitter:card"
      content="${picture ? 'summary_large_image' : 'summary'}"
    /> `;
}

function destination({ url, hidden }: PreviewPage): Html {
  if (url === undefined) {
    const text =
      hidden === 'cloak'
        ? 'It opens under its own address and does not show where its content comes from.'
        : 'The destination is shown after the password was entered.';
    return markup`<div class="card"><p>${text}</p></div>`;
  }
  const shown = withoutMacros(url);
  return markup`<div class="card">
    <p class="host">${hostOf(shown)}</p>
    <p class="url">${shown}</p>
  </div>`;
}

function others(urls: readonly string[]): Html | undefined {
  if (urls.length === 0) return undefined;
  const hosts = [...new Set(urls.map((url) => hostOf(withoutMacros(url))))];
  const more = hosts.length > MAX_OTHERS ? ' and others' : '';
  const text = hosts.slice(0, MAX_OTHERS).join(', ') + more;
  return markup`<p>Some visitors are sent elsewhere, by country, device or chance: <b>${text}</b></p>`;
}

/** Replaces macros such as `{click_id}`, which have no value before a click. */
function withoutMacros(url: string): string {
  return url.replaceAll(/\{[^{}]*\}|\$1(?!\d)/g, '…');
}

/** The host in ASCII, which shows letters that only look alike. For the address of an app, its scheme. */
function hostOf(url: string): string {
  const parsed = parseUrl(url);
  if (parsed === undefined) return 'an address that cannot be read';
  const { host, protocol } = parsed;
  return host === '' ? `an app (${protocol})` : host;
}

function imageUrl(image: string | null | undefined): string | undefined {
  if (!image) return undefined;
  if (/^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/.test(image)) return image;
  const url = parseUrl(image);
  return url?.protocol === 'https:' ? url.href : undefined;
}
