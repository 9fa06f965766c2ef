/** What a check can find wrong. */
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
  /** The place in the list of hops, from 0. */
  hop: number;
  code: CheckCode;
  /** The parameter concerned. */
  param?: string;
  message: string;
}

/**
 * What becomes of a click id and the other parameters on the way. What the first URL does not have is not looked for: not to
 * pass it on was the link's own wish.
 * @param urls every URL that was asked, in order.
 */
export function compareHops(urls: readonly string[], clickId: string): CheckProblem[] {
  const [first, ...later] = urls;
  if (first === undefined) return [];
  const wanted = wantedOf(first, clickId);
  const problems: CheckProblem[] = [];
  const told = new Set<string>();
  later.forEach((url, i) => {
    const hop = i + 1;
    const arrived = readArrival(url);
    for (const [name, value] of wanted) {
      const problem = told.has(name) ? undefined : problemOf(name, value, arrived, clickId);
      if (problem === undefined) continue;
      told.add(name); // once is enough: from here on it is so
      problems.push({ hop, param: name, ...problem });
    }
  });
  return [...problems, ...insecure(urls, clickId)].toSorted((a, b) => a.hop - b.hop);
}

/** Every pair is compared with every parameter of each hop: with thousands of both, that would be seconds. */
const MAX_COMPARED = 100;

/** The parameters that should arrive, the click id first. */
function wantedOf(url: string, clickId: string): (readonly [name: string, value: string])[] {
  const pairs = [...new URL(url).searchParams].filter(([, value]) => value !== '');
  const carrying = pairs.filter(([, value]) => value === clickId);
  return [...carrying, ...pairs.filter(([, value]) => value !== clickId)].slice(0, MAX_COMPARED);
}

/** What there is to read in the URL of a hop. */
interface Arrival {
  params: URLSearchParams;
  /** Each value, and once more decoded where that makes a difference. */
  decodedTwice: ReadonlySet<string>;
  /** The URL, decoded, and all values: whatever is in one of them has arrived. */
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
  // Under another name, in the path or behind the # it is there all the same.
  if (text.includes(value)) return undefined;
  if (decodedTwice.has(value)) {
    return { code: 'double_encoded', message: `${name} arrives percent-encoded twice` };
  }
  const there = params.get(name);
  if (isClickId && there !== null && there !== '') {
    return { code: 'click_id_changed', message: `${name} arrives as "${there.slice(0, 60)}"` };
  }
  if (isClickId)
    return { code: 'click_id_lost', message: `${name} does not arrive: no conversion will be known by it` };
  return { code: 'param_lost', message: `${name} does not arrive` };
}

/** Whoever listens can read the click id, and browsers warn. */
function insecure(urls: readonly string[], clickId: string): CheckProblem[] {
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

/** Of a page, so much is looked at, and so many tags: such a tag stands in the head. */
const MAX_PAGE_CHARS = 65_536;
const MAX_META_TAGS = 100;
const MAX_TAG_CHARS = 3_000;

/** `<meta http-equiv="refresh" content="0; url=…">`: the URL; scripts that lead on can not be followed. */
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

/** What stands between `<meta` and the next `>`. Each character is looked at once, whatever the page. */
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

/** A tag's attributes by lower-case name; of two with one name the first counts, as in HTML. */
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
