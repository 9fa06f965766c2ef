/** A click's query parameters in their order: name and value, decoded. */
export type QueryPairs = readonly (readonly [name: string, value: string])[];

const MAX_PARAMETERS = 32;
const MAX_BYTES = 2_048;

/** The query parameters that are kept on a click: at most 32 of them, at most 2 KiB as sent. What is beyond is dropped whole. */
export function parseClickQuery(rawQuery: string): QueryPairs {
  if (rawQuery === '') return [];
  const kept: [string, string][] = [];
  let bytes = 0;
  for (const part of rawQuery.split('&')) {
    if (part === '') continue;
    bytes += Buffer.byteLength(part) + 1;
    if (kept.length === MAX_PARAMETERS || bytes > MAX_BYTES) break;
    const equals = part.indexOf('=');
    const name = equals < 0 ? part : part.slice(0, equals);
    kept.push([decode(name), equals < 0 ? '' : decode(part.slice(equals + 1))]);
  }
  return kept;
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
