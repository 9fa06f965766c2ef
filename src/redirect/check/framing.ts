import type { IncomingHttpHeaders } from 'node:http';
import type { CheckProblem } from './compare-hops.js';

/** A page on the way, which a browser would show in the frame of a cloaked link. */
export interface FramedPage {
  /** The place in the list of hops, from 0. */
  hop: number;
  url: string;
  headers: IncomingHttpHeaders;
}

/**
 * What keeps browsers from showing a destination in a frame.
 * @param urls every URL that was asked, in order.
 * @param framer the origin of the short link.
 */
export function frameProblems(urls: readonly string[], pages: readonly FramedPage[], framer: URL): CheckProblem[] {
  const refusals = pages.flatMap(({ hop, url, headers }): CheckProblem[] => {
    const said = framingRefusal(headers, new URL(url), framer);
    if (said === undefined) return [];
    const message = `it does not let ${framer.origin} show it in a frame (${said}): do not cloak the link`;
    return [{ hop, code: 'not_frameable', message }];
  });
  const hop = framer.protocol === 'https:' ? urls.findIndex((url) => url.startsWith('http:')) : -1;
  const message = 'browsers show nothing of plain HTTP in a frame of an https page';
  return hop < 0 ? refusals : [{ hop, code: 'insecure_frame', message }, ...refusals];
}

/**
 * The header by which a page forbids to be shown in a frame, or `undefined`. Only the response's headers count: browsers ignore
 * both in a `<meta>`. Where there are `frame-ancestors`, `X-Frame-Options` is ignored (CSP 3, 6.4.2).
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

/** The sources of each policy's `frame-ancestors`; where a policy has it twice, the first counts. */
function ancestorLists(header: string): string[][] {
  return header.split(',').flatMap((policy) => {
    const directives = policy.split(';').map((directive) => directive.trim().split(/\s+/));
    const found = directives.find(([name = '']) => name.toLowerCase() === 'frame-ancestors');
    return found === undefined ? [] : [found.slice(1)];
  });
}

/** HTML, "check a navigation response's adherence to X-Frame-Options": what makes no sense forbids nothing. */
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

/** Whether a source of a list (CSP 3, 6.7.2.8) is the framing page's. What is none, `'none'` too, allows nobody. */
function isAllowed(source: string, page: URL, framer: URL): boolean {
  const text = source.toLowerCase();
  if (text === '*') return true;
  if (text === "'self'") return page.origin === framer.origin || isUpgrade(page, framer);
  const scheme = SCHEME.exec(text)?.[1];
  if (scheme !== undefined) return isScheme(scheme, framer);
  const [, ownScheme = page.protocol.slice(0, -1), host, port] = HOST.exec(text) ?? [];
  return host !== undefined && isScheme(ownScheme, framer) && isHost(host, framer) && isPort(port, framer);
}

/** What is said of http holds for https too. */
function isScheme(scheme: string, { protocol }: URL): boolean {
  return `${scheme}:` === protocol || (scheme === 'http' && protocol === 'https:');
}

function isUpgrade(page: URL, framer: URL): boolean {
  return framer.protocol === 'https:' && page.hostname === framer.hostname && page.port === '' && framer.port === '';
}

/** `*.brand.com` stands for the names below it only. */
function isHost(host: string, { hostname }: URL): boolean {
  return host === '*' || (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : hostname === host);
}

function isPort(port: string | undefined, framer: URL): boolean {
  if (port === undefined) return framer.port === '';
  const own = framer.port || (framer.protocol === 'https:' ? '443' : '80');
  return port === '*' || port === own || (port === '80' && own === '443');
}
