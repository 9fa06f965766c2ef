import { parse, stringify } from 'lossless-json';
import type { Parameter } from '../../networks/reading/parameter.js';

/** Body and query of a request, raw. */
export interface RawRequest {
  /** What stands behind the `?`. */
  query: string;
  /** As text; empty when there was none. */
  body: string;
  contentType: string;
}

const MAX_PARAMETERS = 100;

export type ParametersReading = { ok: true; parameters: Parameter[] } | { ok: false; message: string };

/** The parameters of query and body together; where both name one, the body's stands first and so wins. */
export function readParameters({ query, body, contentType }: RawRequest): ParametersReading {
  const fromBody = readBody(body, contentType);
  if (fromBody === undefined) return { ok: false, message: 'the body is neither a form nor a flat JSON object' };
  const all = [...fromBody, ...readForm(query)];
  if (all.length > MAX_PARAMETERS) return { ok: false, message: `there are more than ${MAX_PARAMETERS} parameters` };
  return { ok: true, parameters: all };
}

function readBody(body: string, contentType: string): Parameter[] | undefined {
  const text = body.trim();
  if (text === '') return [];
  // Some senders put JSON into a form's content type or none at all: the text itself tells.
  return text.startsWith('{') || text.startsWith('[') || /\bjson\b/i.test(contentType)
    ? readJson(text)
    : readForm(text);
}

function readJson(text: string): Parameter[] | undefined {
  let json: unknown;
  try {
    // Numbers keep their digits: a transaction id may have more than a double holds.
    json = parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  return Object.entries(json).flatMap(([name, value]: [string, unknown]) =>
    value === null || value === undefined ? [] : [{ name, value: toText(value) }],
  );
}

/** Text as it is; a number with the digits it came with; an object or list as JSON. */
function toText(value: unknown): string {
  return typeof value === 'string' ? value : (stringify(value) ?? '');
}

function readForm(text: string): Parameter[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({ name, value }));
}
