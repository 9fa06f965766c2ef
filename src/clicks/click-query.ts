/** A click's query parameters in their order: name and value, decoded. */
export type QueryPairs = readonly (readonly [name: string, value: string])[];

const MAX_PARAMETERS = 32;
const MAX_BYTES = 2_048;

/** All query parameters of a visit. Their number is limited by the length of a request's head only. */
export function parseQuery(rawQuery: string): QueryPairs {
  return partsOf(rawQuery).map(toPair);
}

/** The query parameters that are kept on a click: at most 32 of them, at most 2 KiB as sent. What is beyond is dropped whole. */
export function parseClickQuery(rawQuery: string): QueryPairs {
  const kept: string[] = [];
  let bytes = 0;
  for (const part of partsOf(rawQuery)) {
    bytes += Buffer.byteLength(part) + 1;
    if (kept.length === MAX_PARAMETERS || bytes > MAX_BYTES) break;
    kept.push(part);
  }
  return kept.map(toPair);
}

function partsOf(rawQuery: string): string[] {
  return rawQuery === '' ? [] : rawQuery.split('&').filter((part) => part !== '');
}

function toPair(part: string): [name: string, value: string] {
  const equals = part.indexOf('=');
  if (equals < 0) return [decode(part), ''];
  return [decode(part.slice(0, equals)), decode(part.slice(equals + 1))];
}

export function firstValue(query: QueryPairs, name: string): string | undefined {
  return query.find(([candidate]) => candidate === name)?.[1];
}

const SUB_NAME = /^sub(?:[1-9]|10)$/;

/** `sub1`…`sub10` as an object, the first of each name. */
export function subIds(query: QueryPairs): Record<string, string> {
  const subs: Record<string, string> = {};
  for (const [name, value] of query) {
    if (SUB_NAME.test(name) && value !== '' && !(name in subs)) subs[name] = value;
  }
  return subs;
}

/** What is not valid percent-encoding is kept as it stands; a visitor's broken parameter must not cost the click. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
