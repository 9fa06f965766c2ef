import type { Macro } from './macros.js';
import type { Part, UrlTemplate } from './url-template.js';

export const FORWARD_QUERY = ['fill', 'override', 'none'] as const;
/** What happens to the visitor's query: fills missing and empty parameters, overrides all, or is not passed on. */
export type ForwardQuery = (typeof FORWARD_QUERY)[number];

export interface DestinationRules {
  template: UrlTemplate;
  /** `null`: the click id is not appended. */
  clickIdParam: string | null;
  forwardQuery: ForwardQuery;
}

/** What one click brings along. */
export interface DestinationInput {
  clickId: string;
  /** The visitor's own query parameters, decoded. */
  query: readonly (readonly [name: string, value: string])[];
  /** The value of a macro, decoded; empty where it has none. */
  valueOf: (macro: Macro) => string;
}

/**
 * Where this click goes. Values are percent-encoded, so none can change the URL's structure. The click id is set before the
 * visitor's query is looked at and never overwritten by it; a non-empty value that the template itself gives to the click
 * id's parameter stays.
 */
export function buildDestination(rules: DestinationRules, input: DestinationInput): string {
  const { template, clickIdParam, forwardQuery } = rules;
  const render = (parts: Part[]): string =>
    parts.map((part) => (typeof part === 'string' ? part : encodeURIComponent(input.valueOf(part)))).join('');

  const query = template.query.map((part) => ({ ...part, rawValue: render(part.value) }));
  const set = (name: string, value: string, overwrite: boolean): void => {
    const present = query.find((pair) => pair.name === name);
    if (present === undefined) {
      query.push({ name, rawName: encodeURIComponent(name), value: [], rawValue: encodeURIComponent(value) });
    } else if (overwrite || present.rawValue === '') {
      present.rawValue = encodeURIComponent(value);
    }
  };
  if (clickIdParam !== null) set(clickIdParam, input.clickId, false);
  if (forwardQuery !== 'none') {
    for (const [name, value] of input.query) {
      if (name !== clickIdParam) set(name, value, forwardQuery === 'override');
    }
  }
  const queryText = query.map(({ rawName, rawValue }) => `${rawName}=${rawValue}`).join('&');
  const fragment = template.fragment === undefined ? '' : `#${render(template.fragment)}`;
  return `${render(template.base)}${queryText === '' ? '' : `?${queryText}`}${fragment}`;
}
