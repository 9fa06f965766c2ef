import { type Macro, WILDCARD } from './macros.js';
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
  /** What the `*` of a wildcard link stands for, decoded; `undefined` when it is none. */
  rest?: string | undefined;
}

/** One parameter of the destination on its way; `rawValue` is encoded, `undefined` for a bare name. */
interface Pair {
  name: string;
  rawName: string;
  rawValue: string | undefined;
  /** It holds the click id, which a visitor must not replace. */
  isProtected: boolean;
}

/**
 * Where this click goes. Values are percent-encoded, so none can change the URL's structure. The click id is set before the
 * visitor's query is looked at and never overwritten by it; a non-empty value that the template itself gives to the click
 * id's parameter stays.
 */
export function buildDestination(rules: DestinationRules, input: DestinationInput): string {
  const { template, clickIdParam, forwardQuery } = rules;
  const render = (parts: Part[]): string =>
    parts.map((part) => (typeof part === 'string' ? part : encoded(part, input))).join('');

  const query: Pair[] = template.query.map(({ name, rawName, value, carriesClickId }) => ({
    name,
    rawName,
    rawValue: value && render(value),
    isProtected: carriesClickId,
  }));
  if (clickIdParam !== null) fill(query, clickIdParam, input.clickId);
  const visitors = input.query.filter(([name]) => name !== clickIdParam);
  const forwarded = forwardQuery === 'none' ? query : forward(query, visitors, forwardQuery === 'override');

  const queryText = forwarded
    .map(({ rawName, rawValue }) => (rawValue === undefined ? rawName : `${rawName}=${rawValue}`))
    .join('&');
  const fragment = template.fragment === undefined ? '' : `#${render(template.fragment)}`;
  return `${steady(template.base, render(template.base))}${queryText === '' ? '' : `?${queryText}`}${fragment}`;
}

function encoded(macro: Macro, { valueOf, rest }: DestinationInput): string {
  if (macro.name !== WILDCARD) return encodeURIComponent(valueOf(macro));
  // Its slashes part segments, as they did in the short link.
  return rest === undefined ? WILDCARD : rest.split('/').map(encodeURIComponent).join('/');
}

/** Puts the value where the name stands empty, or at the end where it does not stand. */
function fill(query: Pair[], name: string, value: string): void {
  const present = query.find((pair) => pair.name === name);
  if (present === undefined) query.push(toPair(name, value));
  else if (!present.rawValue) present.rawValue = encodeURIComponent(value);
}

/** The visitor's parameters: repeats of a name that is not ours stay repeats, in their order; of ours, theirs is the only one. */
function forward(ours: Pair[], visitors: DestinationInput['query'], override: boolean): Pair[] {
  const names = new Set(ours.map(({ name }) => name));
  const decided = new Map<string, Pair>();
  const added: Pair[] = [];
  for (const [name, value] of visitors) {
    if (!names.has(name)) {
      added.push(toPair(name, value));
    } else if (!decided.has(name)) {
      const place = ours.find((pair) => pair.name === name && !pair.isProtected && (override || !pair.rawValue));
      if (place === undefined) continue;
      place.rawValue = encodeURIComponent(value);
      decided.set(name, place);
    }
  }
  const isKept = (pair: Pair): boolean => pair.isProtected || (decided.get(pair.name) ?? pair) === pair;
  return [...(override ? ours.filter(isKept) : ours), ...added];
}

function toPair(name: string, value: string): Pair {
  return { name, rawName: encodeURIComponent(name), rawValue: encodeURIComponent(value), isProtected: false };
}

/**
 * A value must not move the path (a browser takes `/a/../b` for `/b`, and `%2e` for a dot), nor give a host to what has none:
 * `app:/{sub1}/{sub2}` is not `app://…`. The template itself has nothing of the kind.
 */
function steady(template: readonly Part[], base: string): string {
  const [beginning] = template;
  const hasHost = typeof beginning === 'string' && beginning.includes('://');
  const still = /\/(?:\.|%2e)/i.test(base) ? base.replaceAll(DOT_SEGMENT, '') : base;
  return hasHost ? still : still.replace(/^([^:/]*:)\/{2,}/, '$1/');
}

const DOT_SEGMENT = /(?<=\/)(?:\.|%2e){1,2}(?=\/|$)/gi;
