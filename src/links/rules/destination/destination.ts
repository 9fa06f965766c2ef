import { encodePercent } from '../../../platform/urls/percent-text.js';
import { type Macro, WILDCARD } from './macros.js';
import type { Part, QueryPart, UrlTemplate } from './url-template.js';

/**
 * Characters of a `Location`, at most. Browsers and proxies (nginx: 4 or 8 KB for all headers) refuse what is longer; 1 KB of 8
 * is left for the other headers.
 */
export const MAX_LOCATION_LENGTH = 7_168;

export const FORWARD_QUERY = ['fill', 'override', 'none'] as const;
/** What happens to the visitor's query: fills missing and empty parameters, overrides all, or is not passed on. */
export type ForwardQuery = (typeof FORWARD_QUERY)[number];

export interface DestinationRules {
  template: UrlTemplate;
  /** `null`: the click id is not appended. */
  clickIdParam: string | null;
  forwardQuery: ForwardQuery;
}

/** A query parameter that the visitor brings. */
export interface ForwardedParameter {
  /** Decoded. */
  name: string;
  value: string;
  /** Name and value as they are passed on, encoded. Without `=` where there was none. */
  sent: string;
}

/** What one click brings along. Decoded texts may hold bytes that are not UTF-8; see percent-text.ts. */
export interface DestinationInput {
  clickId: string;
  query: readonly ForwardedParameter[];
  /** The value of a macro, decoded; empty where it has none. */
  valueOf: (macro: Macro) => string;
  /** The path in place of the `*` of a wildcard link, decoded; `undefined` for other links. */
  wildcardPath?: string | undefined;
}

/** Characters that a destination may still have. Once none are left, no macro is filled: the result is not used. */
interface Room {
  left: number;
}

/** One parameter of the destination on its way. */
interface Pair {
  /** Decoded. */
  name: string;
  /** As it will stand in the destination. */
  text: string;
  /** It has no value yet. */
  isEmpty: boolean;
  /** It holds the click id, which a visitor must not replace. */
  isProtected: boolean;
}

/**
 * Where this click goes. Values are percent-encoded, so none can change the URL's structure; the visitor's own parameters are
 * passed on as they were sent. The click id is set before the visitor's query is looked at and never overwritten by it; a
 * non-empty value that the template itself gives to the click id's parameter stays.
 * @returns `undefined` for a destination of more than `MAX_LOCATION_LENGTH` characters.
 */
export function buildDestination(rules: DestinationRules, input: DestinationInput): string | undefined {
  const { template, clickIdParam, forwardQuery } = rules;
  const room: Room = { left: MAX_LOCATION_LENGTH };
  const pairs = template.query.map((part) => toPair(part, input, room));
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
  const fragment = template.fragment === undefined ? '' : `#${render(template.fragment, input, room)}`;
  const base = steady(template.base, render(template.base, input, room));
  if (room.left < 0) return undefined;
  const url = `${base}${queryText === '' ? '' : `?${queryText}`}${fragment}`;
  return url.length > MAX_LOCATION_LENGTH ? undefined : url;
}

/** A few hundred macros, each filled with all that a request brings, would be megabytes: it ends where the room does. */
function render(parts: readonly Part[], input: DestinationInput, room: Room): string {
  let text = '';
  for (const part of parts) {
    if (room.left < 0) break;
    const piece = typeof part === 'string' ? part : encoded(part, input);
    room.left -= piece.length;
    text += piece;
  }
  return text;
}

function encoded(macro: Macro, { valueOf, wildcardPath }: DestinationInput): string {
  if (macro.name !== WILDCARD) return encodePercent(valueOf(macro));
  // Its slashes part segments, as they did in the short link.
  return wildcardPath === undefined ? WILDCARD : wildcardPath.split('/').map(encodePercent).join('/');
}

function toPair({ name, rawName, value, carriesClickId }: QueryPart, input: DestinationInput, room: Room): Pair {
  const rawValue = value && render(value, input, room);
  const text = rawValue === undefined ? rawName : `${rawName}=${rawValue}`;
  return { name, text, isEmpty: !rawValue, isProtected: carriesClickId };
}

/** Puts the click id where its parameter stands empty, or at the end where it does not stand. */
function setClickId(pairs: Pair[], name: string, clickId: string): void {
  const present = pairs.find((pair) => pair.name === name);
  if (present === undefined) {
    const text = `${encodePercent(name)}=${encodePercent(clickId)}`;
    pairs.push({ name, text, isEmpty: false, isProtected: false });
  } else if (present.isEmpty) {
    present.text = `${nameIn(present.text)}=${encodePercent(clickId)}`;
    present.isEmpty = false;
  }
}

function nameIn(text: string): string {
  return text.endsWith('=') ? text.slice(0, -1) : text;
}

/**
 * The visitor's parameters, in their order and as often as they were sent. `override`: those of a name that is ours stand where
 * ours stood. Else they go, one by one, to the places of their name that are empty, the last of which takes all that are left.
 */
function forward(ours: readonly Pair[], visitors: readonly ForwardedParameter[], override: boolean): Pair[] {
  const waiting = new Map<string, Pair[]>();
  for (const { name, isProtected, isEmpty } of ours) {
    if (!isProtected && (override || isEmpty)) waiting.set(name, []);
  }
  const names = new Set(ours.map(({ name }) => name));
  const added: Pair[] = [];
  for (const { name, value, sent } of visitors) {
    const pair = { name, text: sent, isEmpty: value === '', isProtected: false };
    if (!names.has(name)) added.push(pair);
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
