/** The parts of a destination, which may contain macros, so that no URL parser reads it. */
function splitUrl(url: string): { address: string; pairs: string[]; fragment: string } {
  const [, address = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? [];
  return { address, pairs: query.split('&').filter((pair) => pair !== ''), fragment };
}

function nameOf(pair: string): string {
  return pair.split('=')[0]?.toLowerCase() ?? '';
}

/** The value of a parameter as a person reads it. Undefined if there is none. */
export function readParam(url: string, name: string): string | undefined {
  const pair = splitUrl(url).pairs.find((each) => nameOf(each) === name.toLowerCase());
  if (pair === undefined) return undefined;
  const text = pair.slice(pair.indexOf('=') + 1).replaceAll('+', ' ');
  try {
    return pair.includes('=') ? decodeURIComponent(text) : '';
  } catch {
    return text; // not UTF-8
  }
}

/** The destination with a parameter in its place, else at the end; `null` removes it. Macros stay macros. */
export function withUrlParam(url: string, name: string, value: string | null): string {
  const { address, pairs, fragment } = splitUrl(url);
  const isIt = (pair: string): boolean => nameOf(pair) === name.toLowerCase();
  const at = pairs.findIndex(isIt);
  const others = pairs.filter((pair) => !isIt(pair));
  if (value !== null) others.splice(at < 0 ? others.length : at, 0, `${name}=${encodeValue(value)}`);
  return `${address}${others.length === 0 ? '' : `?${others.join('&')}`}${fragment}`;
}

/** Half of a character, which cannot be percent-encoded; the server reports it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

function encodeValue(value: string): string {
  return value
    .split(/(\{[^{}]*\})/)
    .map((piece, index) => (index % 2 === 1 || LONE_SURROGATE.test(piece) ? piece : encodeURIComponent(piece)))
    .join('');
}

/** Parameters that carry a sub id: `src` with `{sub1}`. */
export function subParams(url: string): { param: string; sub: string }[] {
  return splitUrl(url).pairs.flatMap((pair) => {
    const [, param = '', sub = ''] = /^([^=]+)=\{(sub(?:[1-9]|10))\}$/.exec(pair) ?? [];
    return sub === '' ? [] : [{ param, sub }];
  });
}

interface TextPart {
  text: string;
  /** `clickId`, `sub`, another macro, or plain text. */
  kind: 'clickId' | 'sub' | 'macro' | undefined;
}

/** A destination in parts, so that macros can have their colour. The texts together are the destination. */
export function macroParts(text: string): TextPart[] {
  return text
    .split(/(\{[\w.:-]{1,80}\})/)
    .map((part, index) => ({ text: part, kind: index % 2 === 1 ? kindOf(part) : undefined }))
    .filter((part) => part.text !== '');
}

function kindOf(macro: string): TextPart['kind'] {
  if (macro === '{click_id}') return 'clickId';
  return /^\{sub\d/.test(macro) ? 'sub' : 'macro';
}
