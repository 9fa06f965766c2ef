import type { ColouredPart, ParameterKind } from '../../ui/data/parameters';

/** Canonical name → names that a network sends for it. */
type ParamNames = Readonly<Record<string, readonly string[]>>;

/** The colour of a canonical name. */
function kindOfParam(canonical: string): ParameterKind {
  switch (canonical) {
    case 'click_id':
      return 'clickId';
    case 'event':
      return 'event';
    case 'status':
      return 'status';
    case 'payout':
    case 'currency':
      return 'money';
    case 'txid':
      return 'transaction';
    default:
      return 'sub';
  }
}

/** The canonical name that a parameter of a postback URL has: by the mapping, else its own name. */
function canonicalOf(name: string, params: ParamNames): string {
  const [canonical] = Object.entries(params).find(([, names]) => names.includes(name)) ?? [name];
  return canonical;
}

const CANONICAL = /^(?:click_id|event|status|payout|currency|txid|player_id|time|sub\d{1,2})$/;

/**
 * A postback URL in parts: each value in the colour of its meaning. The URL is not parsed with `URL`, because macros such as
 * `#s2#` are not valid in one.
 * @param params the mapping of the network, or of its preset
 */
export function colouredPostbackUrl(url: string, params: ParamNames): ColouredPart[] {
  const mark = url.indexOf('?');
  if (mark < 0) return [{ text: url }];
  const parts: ColouredPart[] = [{ text: url.slice(0, mark + 1) }];
  for (const [index, pair] of url
    .slice(mark + 1)
    .split('&')
    .entries()) {
    const at = pair.indexOf('=');
    const name = at < 0 ? pair : pair.slice(0, at);
    const value = at < 0 ? '' : pair.slice(at + 1);
    const canonical = canonicalOf(decoded(name), params);
    parts.push({ text: `${index === 0 ? '' : '&'}${name}${at < 0 ? '' : '='}` });
    if (value !== '') parts.push({ text: value, kind: CANONICAL.test(canonical) ? kindOfParam(canonical) : undefined });
  }
  return parts;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
