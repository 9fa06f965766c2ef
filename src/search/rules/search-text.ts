import { asHostname } from '../../domains/rules/hostname.js';
import { withoutVariations } from '../../domains/rules/served-domain.js';
import { slugOfPath } from '../../links/rules/slug.js';
import { ID_PREFIXES, type IdPrefix, isId } from '../../platform/ids/ids.js';

/** A short URL, or the part of one that was typed. */
export interface SearchedAddress {
  hostname: string;
  /** `undefined` without a path: the text names a domain. */
  slug: string | undefined;
}

/** The readings of what a person searches for. */
export interface SearchText {
  /** As it was typed, trimmed. */
  text: string;
  /** The kind of the id that the text is. */
  idPrefix: IdPrefix | undefined;
  address: SearchedAddress | undefined;
  /** The slug that the whole text may be. */
  slug: string | undefined;
  /** The key of a network, alone or in a postback URL. */
  networkKey: string | undefined;
}

const SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;
const KEY_IN_URL = /\/(?:postback|pixel)\/([0-9A-Za-z]{16,64})(?:\.gif)?(?:[?#/]|$)/;
const KEY_ALONE = /^[0-9A-Za-z]{24}$/;

/** @param text trimmed, not empty. */
export function readSearchText(text: string): SearchText {
  const rest = text.replace(SCHEME, '');
  const end = /[?#]/.exec(rest)?.index ?? rest.length;
  const place = rest.slice(0, end);
  const hasScheme = rest.length < text.length;
  return {
    text,
    idPrefix: ID_PREFIXES.find((prefix) => isId(prefix, text)),
    address: addressOf(place, hasScheme),
    slug: hasScheme ? undefined : slugOf(place.startsWith('/') ? place : `/${place}`),
    networkKey: KEY_IN_URL.exec(text)?.[1] ?? KEY_ALONE.exec(text)?.[0],
  };
}

/** The keys under which a slug may be stored: on domains where case matters, and on others. */
export function slugKeysOf(slug: string): string[] {
  const key = withoutVariations(slug);
  return [...new Set([key, key.toLowerCase().normalize('NFC')])];
}

function addressOf(place: string, hasScheme: boolean): SearchedAddress | undefined {
  const slash = place.indexOf('/');
  const host = slash < 0 ? place : place.slice(0, slash);
  // Without a scheme, a text such as `sale/summer` is a slug; hosts have a dot or a port.
  if (host === '' || /\s/.test(host) || !(hasScheme || /[.:]/.test(host) || host === 'localhost')) return undefined;
  const hostname = asHostname(host);
  return hostname === '' ? undefined : { hostname, slug: slash < 0 ? undefined : slugOf(place.slice(slash)) };
}

/** The slug of a path. A `+` at its end asks for the preview of the same link. */
function slugOf(path: string): string | undefined {
  return slugOfPath(path.length > 2 && path.endsWith('+') ? path.slice(0, -1) : path);
}
