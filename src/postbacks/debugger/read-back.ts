import type { PostbackOrigin } from '../postback.schema.js';
import { readParameters } from '../rules/reading/parameters.js';
import type { ReadParameter } from '../../networks/rules/reading/reading.js';

/** A logged request, as far as its parameters go. */
export interface LoggedRequest {
  query: string;
  body: string;
  headers: { name: string; value: string }[];
  charset?: string;
  origin?: PostbackOrigin;
}

/** How a parameter was understood, and what it said. */
export interface ShownParameter extends ReadParameter {
  value: string;
}

/** What a page told is logged as a form under our names, whatever it was sent as. */
const OF_PAGES = 'application/x-www-form-urlencoded';

export function contentTypeOf({ headers, origin }: Pick<LoggedRequest, 'headers' | 'origin'>): string {
  if (origin === 'pixel') return OF_PAGES;
  return headers.find(({ name }) => name === 'content-type')?.value ?? '';
}

/** The parameters with their values, which only the raw request has; secrets are masked in it. */
export function readBack(request: LoggedRequest, parameters: readonly ReadParameter[]): ShownParameter[] {
  const { query, body, charset } = request;
  const reading = readParameters({ query, body, charset, contentType: contentTypeOf(request) });
  const sent = reading.ok ? [...reading.parameters] : [];
  return parameters.map((parameter) => {
    // In the order in which they were sent, so that repeats of a name find their own values.
    const at = sent.findIndex(({ name }) => name.toLowerCase() === parameter.name.toLowerCase());
    const [found] = at < 0 ? [] : sent.splice(at, 1);
    return { name: parameter.name, state: parameter.state, as: parameter.as, value: found?.value ?? '' };
  });
}
