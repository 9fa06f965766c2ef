import type { IncomingHttpHeaders } from 'node:http';
import type { CheckProblem } from './compare-hops.js';

/** A page among the hops, which a browser would show in the frame of a cloaked link. */
export interface FramedPage {
  /** Index in the list of hops, from 0. */
  hop: number;
  url: string;
  headers: IncomingHttpHeaders;
}

/**
 * Finds the reasons why browsers would not show a destination in a frame.
 * @param urls all requested URLs, in order.
 * @param framer the origin of the short link.
 */
export function frameProblems(urls: readonly string[], pages: readonly FramedPage[], framer: URL): CheckProblem[] {
  const refusals = pages.flatMap(({ hop, url, headers }): CheckProblem[] => {
    const header = framingRefusal(headers, new URL(url), framer);
    if (header === undefined) return [];
    const message = `it does not allow ${framer.origin} to show it in a frame (${header}): do not cloak the link`;
    return [{ hop, code: 'not_frameable', message }];
  });
  const hop = framer.protocol === 'https:' ? urls.findIndex((url) => url.startsWith('http:')) : -1;
  const message = 'browsers do not show plain HTTP in a frame of an https page';
  return hop < 0 ? refusals : [{ hop, code: 'insecure_frame', message }, ...refusals];
}

/**
 * The header by which a page forbids being framed, or `undefined`. Browsers ignore both headers in a `<meta>` element, and
 * ignore `X-Frame-Options` when there is a `frame-ancestors` (CSP 3, 6.4.2).
 */
export function framingRefusal(headers: IncomingHttpHeaders, page: URL, framer: URL): string | undefined {
  const lists = ancestorLists(textOf(headers['content-security-policy']));
  if (lists.length === 0) return refusalByOptions(textOf(headers['x-frame-options']), page, framer);
  // Each policy must allow it.
  const refusing = lists.find((sources) => !sources.some((source) => isAllowed(source, page, framer)));
  return refusing && `frame-ancestors ${refusing.join(' ')}`.trim().slice(0, 200);
}

function textOf(header: string | string[] | undefined): string {
  return [header ?? []].flat().join(',');
}

/** The sources of each policy's `frame-ancestors`. Of two in one policy, the first counts. */
function ancestorLists(header: string): string[][] {
  return header.split(',').flatMap((policy) => {
    const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
    const found = directives.find(([name = '']) => name.toLowerCase() === 'frame-ancestors');
    return found === undefined ? [] : [found.slice(1)];
  });
}

/** HTML, "check a navigation response's adherence to X-Frame-Options": invalid values forbid nothing. */
function refusalByOptions(header: string, page: URL, framer: URL): string | undefined {
  const options = [...new Set(header.split(',').map((option) => option.trim().toLowerCase()))];
  const isContradiction = options.length > 1 && options.some((option) => OPTIONS.has(option));
  const [only] = options;
  const refuses =
    isContradiction ||
    (options.length === 1 && (only === 'deny' || (only === 'sameorigin' && page.origin !== framer.origin)));
  return refuses ? `X-Frame-Options: ${header.slice(0, 200)}` : undefined;
}

const OPTIONS: ReadonlySet<string> = new Set(['deny', 'allowall', 'sameorigin']);
const SCHEME = /^([a-z][a-z0-9+.-]*):$/;
const HOST = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[\w-]+(?:\.[\w-]+)*)(?::(\d{1,5}|\*))?(?:\/.*)?$/;

/** Whether a source of a list (CSP 3, 6.7.2.8) allows the framing page. Invalid sources and `'none'` allow nothing. */
function isAllowed(source: string, page: URL, framer: URL): boolean {
  const text = source.toLowerCase();
  if (text === '*') return true;
  if (text === "'self'") return page.origin === framer.origin || isUpgrade(page, framer);
  const scheme = SCHEME.exec(text)?.[1];
  if (scheme !== undefined) return isScheme(scheme, framer);
  const [, ownScheme = page.protocol.slice(0, -1), host, port] = HOST.exec(text) ?? [];
  return host !== undefined && isScheme(ownScheme, framer) && isHost(host, framer) && isPort(port, framer);
}

/** A source with http also allows https. */
function isScheme(scheme: string, { protocol }: URL): boolean {
  return `${scheme}:` === protocol || (scheme === 'http' && protocol === 'https:');
}

function isUpgrade(page: URL, framer: URL): boolean {
  return framer.protocol === 'https:' && page.hostname === framer.hostname && page.port === '' && framer.port === '';
}

/** `*.brand.com` allows subdomains only. */
function isHost(host: string, { hostname }: URL): boolean {
  return host === '*' || (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host);
}

function isPort(port: string | undefined, framer: URL): boolean {
  if (port === undefined) return framer.port === '';
  const own = framer.port || (framer.protocol === 'https:' ? '443' : '80');
  return port === '*' || port === own || (port === '80' && own === '443');
}
