import { encodePercent } from '../../../platform/urls/percent-text.js';
import { type Macro, WILDCARD } from './macros.js';
import type { Part, QueryPart, UrlTemplate } from './url-template.js';

/**
 * Maximum length of a `Location`. Proxies refuse larger headers (nginx: 4 or 8 KB for all); 1 KB of 8 remains for the
 * other headers.
 */
export const MAX_LOCATION_LENGTH = 7_168;

export const FORWARD_QUERY = ['fill', 'override', 'none'] as const;
/** How the visitor's query is passed on: `fill` sets missing and empty parameters, `override` replaces all, `none` drops it. */
export type ForwardQuery = (typeof FORWARD_QUERY)[number];

export interface DestinationRules {
  template: UrlTemplate;
  /** `null`: the click id is not appended. */
  clickIdParam: string | null;
  forwardQuery: ForwardQuery;
}

/** A query parameter of the visit. */
export interface ForwardedParameter {
  /** Decoded. */
  name: string;
  value: string;
  /** Name and value as they are passed on, encoded. Without `=` where there was none. */
  sent: string;
}

/** The values of one click. Decoded texts may hold bytes that are not UTF-8; see percent-text.ts. */
export interface DestinationInput {
  clickId: string;
  query: readonly ForwardedParameter[];
  /** The value of a macro, decoded; empty when it has none. */
  valueOf: (macro: Macro) => string;
  /** The path in place of the `*` of a wildcard link, decoded; `undefined` for other links. */
  wildcardPath?: string | undefined;
}

/** The remaining length of the destination. At 0 no macro is filled, because the result is not used. */
interface LengthBudget {
  left: number;
}

/** The origin of a parameter: the template, the click id that the link adds, or the visitor's own query. */
export type PairOrigin = QueryPart | 'click_id' | 'visitor';

/** One parameter of the destination. */
export interface Pair {
  /** Decoded. */
  name: string;
  /** The encoded text in the destination. */
  text: string;
  /** True when it has no value yet. */
  isEmpty: boolean;
  /** True when it holds the click id, which a visitor must not replace. */
  isProtected: boolean;
  origin: PairOrigin;
  /** Whether the template has a parameter in this place. */
  isInTemplate: boolean;
}

/** The destination of a click in parts, for people. */
export interface BuiltDestination {
  url: string;
  /** Scheme, host and path. */
  base: string;
  query: readonly Pair[];
  /** With its `#`; empty when there is none. */
  fragment: string;
}

/**
 * Builds the destination of a click. Values are percent-encoded, so that none can change the URL's structure. Parameters
 * of the visitor are passed on as they were sent. The click id is set first and never overwritten by the visitor's query.
 * A non-empty value that the template gives to the click id's parameter stays.
 * @returns `undefined` for a destination of more than `MAX_LOCATION_LENGTH` characters.
 */
export function buildDestination(rules: DestinationRules, input: DestinationInput): string | undefined {
  return buildDestinationParts(rules, input)?.url;
}

/** Like `buildDestination`, with the parts of the destination. */
export function buildDestinationParts(rules: DestinationRules, input: DestinationInput): BuiltDestination | undefined {
  const { template, clickIdParam, forwardQuery } = rules;
  const budget: LengthBudget = { left: MAX_LOCATION_LENGTH };
  const pairs = template.query.map((part) => toPair(part, input, budget));
  if (clickIdParam !== null) setClickId(pairs, clickIdParam, input.clickId);
  const forwarded =
    forwardQuery === 'none' || input.query.length === 0
      ? pairs
      : forward(
          pairs,
          input.query.filter(({ name }) => name !== clickIdParam),
          forwardQuery === 'override',
        );

  const queryText = forwarded.map(({ text }) => text).join('&');
  const fragment = template.fragment === undefined ? '' : `#${render(template.fragment, input, budget)}`;
  const base = steady(template.base, render(template.base, input, budget));
  if (budget.left < 0) return undefined;
  const url = `${base}${queryText === '' ? '' : `?${queryText}`}${fragment}`;
  return url.length > MAX_LOCATION_LENGTH ? undefined : { url, base, query: forwarded, fragment };
}

/** Stops when the budget is used up: hundreds of macros with long values would be megabytes. */
function render(parts: readonly Part[], input: DestinationInput, budget: LengthBudget): string {
  let text = '';
  for (const part of parts) {
    if (budget.left < 0) break;
    const piece = typeof part === 'string' ? part : encoded(part, input);
    budget.left -= piece.length;
    text += piece;
  }
  return text;
}

function encoded(macro: Macro, { valueOf, wildcardPath }: DestinationInput): string {
  if (macro.name !== WILDCARD) return encodePercent(valueOf(macro));
  // Its slashes separate segments, as in the short link.
  return wildcardPath === undefined ? WILDCARD : wildcardPath.split('/').map(encodePercent).join('/');
}

function toPair(part: QueryPart, input: DestinationInput, budget: LengthBudget): Pair {
  const { name, rawName, value, carriesClickId } = part;
  const rawValue = value && render(value, input, budget);
  const text = rawValue === undefined ? rawName : `${rawName}=${rawValue}`;
  return { name, text, isEmpty: !rawValue, isProtected: carriesClickId, origin: part, isInTemplate: true };
}

/** Sets the click id in its empty parameter, or appends the parameter when it is absent. */
function setClickId(pairs: Pair[], name: string, clickId: string): void {
  const present = pairs.find((pair) => pair.name === name);
  if (present === undefined) {
    const text = `${encodePercent(name)}=${encodePercent(clickId)}`;
    pairs.push({ name, text, isEmpty: false, isProtected: false, origin: 'click_id', isInTemplate: false });
  } else if (present.isEmpty) {
    present.text = `${nameIn(present.text)}=${encodePercent(clickId)}`;
    present.isEmpty = false;
    present.origin = 'click_id';
  }
}

function nameIn(text: string): string {
  return text.endsWith('=') ? text.slice(0, -1) : text;
}

/**
 * Adds the visitor's parameters, in their order and with repetitions. `override`: they replace the template's parameters of
 * the same name. Otherwise they fill the empty parameters of their name one by one; the last one takes all that remain.
 */
function forward(ours: readonly Pair[], visitors: readonly ForwardedParameter[], override: boolean): Pair[] {
  const waiting = new Map<string, Pair[]>();
  for (const { name, isProtected, isEmpty } of ours) {
    if (!isProtected && (override || isEmpty)) waiting.set(name, []);
  }
  const names = new Set(ours.map(({ name }) => name));
  const added: Pair[] = [];
  for (const { name, value, sent } of visitors) {
    const isInTemplate = names.has(name);
    const pair: Pair = { name, text: sent, isEmpty: value === '', isProtected: false, origin: 'visitor', isInTemplate };
    if (!isInTemplate) added.push(pair);
    else if (override || !pair.isEmpty) waiting.get(name)?.push(pair);
  }
  const placed = override ? replaced(ours, waiting) : filled(ours, waiting);
  return [...placed, ...added];
}

function replaced(ours: readonly Pair[], theirs: ReadonlyMap<string, readonly Pair[]>): Pair[] {
  const done = new Set<string>();
  return ours.flatMap((pair) => {
    const others = pair.isProtected ? undefined : theirs.get(pair.name);
    if (others === undefined || others.length === 0) return [pair];
    if (done.has(pair.name)) return [];
    done.add(pair.name);
    return others;
  });
}

function filled(ours: readonly Pair[], theirs: ReadonlyMap<string, Pair[]>): Pair[] {
  const lastEmpty = new Map(ours.flatMap((pair) => (pair.isEmpty && !pair.isProtected ? [[pair.name, pair]] : [])));
  return ours.flatMap((pair) => {
    const left = pair.isEmpty && !pair.isProtected ? theirs.get(pair.name) : undefined;
    if (left === undefined || left.length === 0) return [pair];
    return lastEmpty.get(pair.name) === pair ? left : left.splice(0, 1);
  });
}

/**
 * Prevents values from changing the path (browsers resolve `/a/../b` to `/b`, and `%2e` is a dot) or adding a host:
 * `app:/{sub1}/{sub2}` must not become `app://…`. The template itself contains neither.
 */
function steady(template: readonly Part[], base: string): string {
  const [beginning] = template;
  const hasHost = typeof beginning === 'string' && beginning.includes('://');
  const still = /\/(?:\.|%2e)/i.test(base) ? base.replaceAll(DOT_SEGMENT, '') : base;
  return hasHost ? still : still.replace(/^([^:/]*:)\/{2,}/, '$1/');
}

const DOT_SEGMENT = /(?<=\/)(?:\.|%2e){1,2}(?=\/|$)/gi;
