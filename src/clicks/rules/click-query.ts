import { cleanParameter, decodeQueryText, readableText } from '../../platform/urls/percent-text.js';

/** A click's query parameters in the order of the URL, decoded as they are stored and shown. */
export type QueryPairs = readonly (readonly [name: string, value: string])[];

/** One query parameter of a visit. */
export interface VisitParameter {
  /** Decoded. Bytes that are not UTF-8 stay distinguishable; see percent-text.ts. */
  name: string;
  value: string;
  /** Name and value as they were sent, in printable ASCII, to be passed on. Without `=` if there was none. */
  sent: string;
}

/** Parameters of a visit's query that are read. Later ones are neither passed on nor stored. */
export const MAX_READ_PARAMETERS = 200;
const MAX_STORED_PARAMETERS = 32;
const MAX_STORED_BYTES = 2_048;

/** The first 200 query parameters of a visit. */
export function parseQuery(rawQuery: string): VisitParameter[] {
  return partsOf(rawQuery).map((part) => {
    const [name, value] = toPair(part);
    return { name, value, sent: cleanParameter(part) };
  });
}

/** The query parameters that are stored with a click: at most 32, and at most 2 KiB as sent. Later ones are dropped whole. */
export function parseClickQuery(rawQuery: string): QueryPairs {
  const kept: string[] = [];
  let bytes = 0;
  for (const part of partsOf(rawQuery, MAX_STORED_PARAMETERS)) {
    bytes += part.length + 1; // one character is one byte
    if (bytes > MAX_STORED_BYTES) break;
    kept.push(part);
  }
  return kept.map((part) => {
    const [name, value] = toPair(part);
    return [readableText(name), readableText(value)] as const;
  });
}

function partsOf(rawQuery: string, max = MAX_READ_PARAMETERS): string[] {
  if (rawQuery === '') return [];
  const parts: string[] = [];
  for (const sent of rawQuery.split('&')) {
    const part = sent.replace(ENTITY_END, '');
    if (part === '') continue;
    if (parts.length === max) break;
    parts.push(part);
  }
  return parts;
}

/** The rest of an `&amp;` (or `&#038;`) that a web page or a mail had instead of `&`. */
const ENTITY_END = /^(?:(?:amp|(?:#|%23)(?:0*38|x0*26))(?:;|%3b))+/i;

function toPair(part: string): [name: string, value: string] {
  const equals = part.indexOf('=');
  if (equals < 0) return [decodeQueryText(part), ''];
  return [decodeQueryText(part.slice(0, equals)), decodeQueryText(part.slice(equals + 1))];
}

/** The decoded value of the first parameter with this name. */
export function firstValue(query: readonly VisitParameter[], name: string): string | undefined {
  return query.find((parameter) => parameter.name === name)?.value;
}

const SUB_NAME = /^sub(?:[1-9]|10)$/;

/** `sub1`…`sub10` as an object. Of parameters with the same name, the first counts. */
export function subIds(query: QueryPairs): Record<string, string> {
  const subs: Record<string, string> = {};
  for (const [name, value] of query) {
    if (SUB_NAME.test(name) && value !== '' && !(name in subs)) subs[name] = value;
  }
  return subs;
}
