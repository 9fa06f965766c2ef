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
  const wanted = [...new URL(first).searchParams].filter(([, value]) => value !== '');
  const problems: CheckProblem[] = [];
  const told = new Set<string>();
  later.forEach((url, i) => {
    const hop = i + 1;
    for (const [name, value] of wanted) {
      const problem = told.has(name) ? undefined : problemOf(name, value, new URL(url), clickId);
      if (problem === undefined) continue;
      told.add(name); // once is enough: from here on it is so
      problems.push({ hop, param: name, ...problem });
    }
  });
  return [...problems, ...insecure(urls, clickId)].toSorted((a, b) => a.hop - b.hop);
}

function problemOf(name: string, value: string, url: URL, clickId: string): Omit<CheckProblem, 'hop'> | undefined {
  const isClickId = value === clickId;
  const values = [...url.searchParams.values()];
  // Under another name, in the path or behind the # it is there all the same.
  if (values.some((one) => one.includes(value)) || decoded(url.href).includes(value)) return undefined;
  if (values.some((one) => decoded(one) === value)) {
    return { code: 'double_encoded', message: `${name} arrives percent-encoded twice` };
  }
  const there = url.searchParams.get(name);
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

/** `<meta http-equiv="refresh" content="0; url=…">`: the URL; scripts that lead on can not be followed. */
export function metaRefresh(html: string): string | undefined {
  const tag = /<meta\b[^>]{0,500}\bhttp-equiv\s*=\s*["']?refresh\b[^>]{0,2500}>/i.exec(html)?.[0];
  const content = /\bcontent\s*=\s*(?:"([^"]{0,2200})"|'([^']{0,2200})')/i.exec(tag ?? '');
  const url = /^\s*\d{0,5}\s*[;,]\s*url\s*=\s*['"]?([^'"\s]{1,2048})/i.exec(content?.[1] ?? content?.[2] ?? '')?.[1];
  return url?.replaceAll('&amp;', '&');
}
