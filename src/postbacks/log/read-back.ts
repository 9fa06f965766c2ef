import type { PostbackOrigin } from '../postback.schema.js';
import { readParameters } from '../rules/reading/parameters.js';
import type { ReadParameter } from '../../networks/rules/reading/reading.js';

/** The part of a logged request from which its parameters are read. */
export interface LoggedRequest {
  query: string;
  body: string;
  headers: { name: string; value: string }[];
  charset?: string;
  origin?: PostbackOrigin;
}

/** How a parameter was read, with its value. */
export interface ShownParameter extends ReadParameter {
  value: string;
  /** The part of the request in which it came; `null` if the logged text no longer has it. */
  source: ParameterSource | null;
}

export const PARAMETER_SOURCES = ['query', 'body'] as const;
export type ParameterSource = (typeof PARAMETER_SOURCES)[number];

/** Reports of web pages are always logged as a form with canonical names. */
const PAGE_CONTENT_TYPE = 'application/x-www-form-urlencoded';

/** The content type by which the logged text is read. */
export function contentTypeOf({ headers, origin }: Pick<LoggedRequest, 'headers' | 'origin'>): string {
  if (origin === 'pixel') return PAGE_CONTENT_TYPE;
  return headers.find(({ name }) => name === 'content-type')?.value ?? '';
}

/** Adds the values to the parameters. They come from the logged request, in which secrets are masked. */
export function readBack(request: LoggedRequest, parameters: readonly ReadParameter[]): ShownParameter[] {
  const sent = sentIn(request);
  return parameters.map((parameter) => {
    // In the order in which they were sent, so that repeated names get their own values.
    const at = sent.findIndex(({ name }) => name.toLowerCase() === parameter.name.toLowerCase());
    const [found] = at < 0 ? [] : sent.splice(at, 1);
    const { name, state, as } = parameter;
    return { name, state, as, value: found?.value ?? '', source: found?.source ?? null };
  });
}

/** The parameters of the logged text: those of the body come first. */
function sentIn(request: LoggedRequest): { name: string; value: string; source: ParameterSource }[] {
  const { query, body, charset } = request;
  const contentType = contentTypeOf(request);
  const reading = readParameters({ query, body, charset, contentType });
  if (!reading.ok) return [];
  const alone = body === '' ? reading : readParameters({ query, body: '', charset, contentType });
  const inQuery = alone.ok ? alone.parameters.length : 0;
  const firstOfQuery = reading.parameters.length - inQuery;
  return reading.parameters.map(({ name, value }, i) => ({ name, value, source: i < firstOfQuery ? 'body' : 'query' }));
}
