// src/redirect/check: follows a link to its destination. link-check.service.ts sends the requests; start there. This file compares
// the URLs of the hops, framing.ts reads the headers that forbid frames.

/** The problems that a check can find. */
export const CHECK_CODES = [
  'click_id_lost',
  'click_id_changed',
  'param_lost',
  'double_encoded',
  'insecure',
  'insecure_frame',
  'not_frameable',
  'loop',
  'too_many_hops',
  'http_error',
  'tls_error',
  'dns_error',
  'timeout',
  'connect_error',
  'blocked',
  'no_destination',
  'appended_refused',
  'not_a_page',
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

export interface CheckProblem {
  /** Index in the list of hops, from 0. */
  hop: number;
  code: CheckCode;
  /** The name of the parameter with the problem. */
  param?: string;
  message: string;
}

/**
 * Compares the parameters of the first URL, the click id among them, with those of the later URLs.
 * @param urls all requested URLs, in order.
 */
export function compareHops(urls: readonly string[], clickId: string): CheckProblem[] {
  const [first, ...later] = urls;
  if (first === undefined) return [];
  const expected = expectedOf(first, clickId);
  const problems: CheckProblem[] = [];
  const reported = new Set<string>();
  later.forEach((url, i) => {
    const hop = i + 1;
    const arrived = readArrival(url);
    for (const [name, value] of expected) {
      const problem = reported.has(name) ? undefined : problemOf(name, value, arrived, clickId);
      if (problem === undefined) continue;
      reported.add(name); // reported only at the first hop that lacks it
      problems.push({ hop, param: name, ...problem });
    }
  });
  return [...problems, ...insecureHops(urls, clickId)].toSorted((a, b) => a.hop - b.hop);
}

/** Bounds the time: each parameter is compared with all parameters of each hop. */
const MAX_COMPARED = 100;

/** The parameters that should arrive, the click id first. */
function expectedOf(url: string, clickId: string): (readonly [name: string, value: string])[] {
  const pairs = [...new URL(url).searchParams].filter(([, value]) => value !== '');
  const carrying = pairs.filter(([, value]) => value === clickId);
  return [...carrying, ...pairs.filter(([, value]) => value !== clickId)].slice(0, MAX_COMPARED);
}

/** The readable contents of a hop's URL. */
interface Arrival {
  params: URLSearchParams;
  /** The values, percent-decoded once more. */
  decodedTwice: ReadonlySet<string>;
  /** The decoded URL and all values. A text that is part of it has arrived. */
  text: string;
}

function readArrival(text: string): Arrival {
  const { searchParams: params, href } = new URL(text);
  const values = [...params.values()];
  return { params, decodedTwice: new Set(values.map(decoded)), text: [decoded(href), ...values].join('\n') };
}

function problemOf(
  name: string,
  value: string,
  { params, decodedTwice, text }: Arrival,
  clickId: string,
): Omit<CheckProblem, 'hop'> | undefined {
  const isClickId = value === clickId;
  // Also under another name, in the path or in the fragment.
  if (text.includes(value)) return undefined;
  if (decodedTwice.has(value)) {
    return { code: 'double_encoded', message: `${name} arrives percent-encoded twice` };
  }
  const received = params.get(name);
  if (isClickId && received !== null && received !== '') {
    return { code: 'click_id_changed', message: `${name} arrives as "${received.slice(0, 60)}"` };
  }
  if (isClickId)
    return { code: 'click_id_lost', message: `${name} does not arrive: conversions cannot be attributed to the click` };
  return { code: 'param_lost', message: `${name} does not arrive` };
}

/** Over plain HTTP, the network can read the click id, and browsers warn. */
function insecureHops(urls: readonly string[], clickId: string): CheckProblem[] {
  const hop = urls.findIndex((url) => url.startsWith('http:') && url.includes(clickId));
  return hop < 0 ? [] : [{ hop, code: 'insecure', message: 'the click id goes over plain HTTP' }];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Bounds for the search in a page, as the tag is in its head. */
const MAX_PAGE_CHARS = 65_536;
const MAX_META_TAGS = 100;
const MAX_TAG_CHARS = 3_000;

/** The URL of `<meta http-equiv="refresh" content="0; url=…">`. Redirects by scripts cannot be followed. */
export function metaRefresh(html: string): string | undefined {
  for (const tag of metaTags(html.slice(0, MAX_PAGE_CHARS))) {
    const attributes = attributesOf(tag);
    if (attributes.get('http-equiv')?.trim().toLowerCase() !== 'refresh') continue;
    const url = /^\s*(?:\d{1,5}\s*)?[;,]\s*url\s*=\s*['"]?([^'"\s]{1,2048})/i.exec(
      attributes.get('content') ?? '',
    )?.[1];
    return url?.replaceAll('&amp;', '&');
  }
  return undefined;
}

/** The texts between each `<meta` and the next `>`. It reads each character once, whatever the page has. */
function* metaTags(html: string): Generator<string> {
  const beginning = /<meta[\s/]/gi;
  for (let count = 0; count < MAX_META_TAGS; count++) {
    if (!beginning.test(html)) return;
    const from = beginning.lastIndex;
    const end = html.indexOf('>', from);
    if (end < 0) return;
    if (end - from <= MAX_TAG_CHARS) yield html.slice(from, end);
    beginning.lastIndex = end;
  }
}

/** A tag's attributes by lower-case name. Of two with the same name the first counts, as in HTML. */
function attributesOf(tag: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', quoted, single, bare] of tag.matchAll(
    /([^\s"'>/=]{1,40})(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g,
  )) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, quoted ?? single ?? bare ?? '');
  }
  return found;
}
