import type { BuiltDestination, Pair } from '../../links/rules/destination/destination.js';
import { type Macro, WILDCARD } from '../../links/rules/destination/macros.js';
import type { Part, UrlTemplate } from '../../links/rules/destination/url-template.js';
import { decodeQueryText, readableText } from '../../platform/urls/percent-text.js';

/** The origin of a part of a location. `appended`: the click id, in a parameter that the destination does not have. */
export const PART_KINDS = ['fixed', 'clickId', 'sub', 'macro', 'forwarded', 'appended'] as const;
export type PartKind = (typeof PART_KINDS)[number];

/** A location, with what it was built from. */
export interface BuiltLocation {
  location: BuiltDestination;
  template: UrlTemplate;
  /** The value of a macro for this visit; empty when it has none. */
  valueOf: (macro: Macro) => string;
}

/** A part of a location: the address before the query, a query parameter, or the fragment. */
export interface DestinationPart {
  kind: PartKind;
  /** The text in the location, with its `?`, `&` or `#`. All texts together are the location. */
  text: string;
  /** The name of the parameter, decoded; `null` for the address and the fragment. */
  name: string | null;
  /** Decoded. */
  value: string;
  /** The names of the macros in it, as in the template without braces: `sub1`, `query:utm_term`. */
  macros: string[];
  /** Whether it has macros, and no value for this visitor. */
  isEmpty: boolean;
  /** The origin of the value in words. */
  note: string;
}

/** Splits a location into the parts that a page shows, one parameter a line. */
export function destinationParts({ location, template, valueOf }: BuiltLocation): DestinationPart[] {
  const { base, query, fragment } = location;
  const address = ofMacros(template.base, { text: base, name: null, value: base }, valueOf);
  const parameters = query.map((pair, i) => ofPair(pair, i === 0 ? '?' : '&', valueOf));
  if (fragment === '') return [address, ...parameters];
  const value = decoded(fragment.slice(1));
  return [address, ...parameters, ofMacros(template.fragment ?? [], { text: fragment, name: null, value }, valueOf)];
}

type Shown = Pick<DestinationPart, 'text' | 'name' | 'value'>;

function ofPair(pair: Pair, separator: string, valueOf: BuiltLocation['valueOf']): DestinationPart {
  const { origin, isInTemplate } = pair;
  const equals = pair.text.indexOf('=');
  const value = equals < 0 ? '' : decoded(pair.text.slice(equals + 1));
  const shown: Shown = { text: separator + pair.text, name: readableText(pair.name), value };
  if (origin === 'click_id') {
    if (isInTemplate) return { kind: 'clickId', ...shown, macros: [], isEmpty: false, note: 'click id' };
    return { kind: 'appended', ...shown, macros: [], isEmpty: false, note: 'click id, appended by the link' };
  }
  if (origin === 'visitor') {
    const note = isInTemplate ? "visitor's own query, in place of the link's value" : "visitor's own query";
    return { kind: 'forwarded', ...shown, macros: [], isEmpty: false, note };
  }
  return ofMacros(origin.value ?? [], shown, valueOf);
}

function ofMacros(parts: readonly Part[], shown: Shown, valueOf: BuiltLocation['valueOf']): DestinationPart {
  const macros = parts.filter((part) => typeof part !== 'string');
  const names = [...new Set(macros.map(nameOf))];
  const empty = macros.filter((macro) => macro.name !== WILDCARD && valueOf(macro) === '');
  const reasons = [...new Set(empty.map(reasonOf))];
  const filled = names.filter((name) => !empty.some((macro) => nameOf(macro) === name)).map(wordOf);
  const note = [...filled, ...reasons.map((reason) => `empty: ${reason}`)].join(', ');
  const isEmpty = macros.length > 0 && shown.value === '';
  return { kind: kindOf(macros), ...shown, macros: names, isEmpty, note: note === '' ? 'fixed' : note };
}

function kindOf(macros: readonly Macro[]): PartKind {
  if (macros.length === 0) return 'fixed';
  if (macros.some(({ name }) => name === 'click_id')) return 'clickId';
  return macros.every(({ name }) => isSub(name)) ? 'sub' : 'macro';
}

function isSub(name: string): boolean {
  return /^sub\d+$/.test(name);
}

function nameOf({ name, argument }: Macro): string {
  return argument === undefined ? name : `${name}:${argument}`;
}

function wordOf(name: string): string {
  return name === 'click_id' ? 'click id' : name;
}

/** Why a macro has no value. */
function reasonOf({ name, argument }: Macro): string {
  if (name === 'campaign') return 'the link has no campaign';
  if (isSub(name) || name === 'source' || argument !== undefined) return `this visitor brings no ${argument ?? name}`;
  if (name === 'referrer' || name === 'user_agent') return `this visitor sends no ${name.replace('_', ' ')}`;
  return `the ${name} of this visitor is not known`;
}

function decoded(text: string): string {
  return readableText(decodeQueryText(text));
}
