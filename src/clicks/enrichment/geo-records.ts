/** The location of an address. */
export interface CityFacts {
  /** ISO 3166-1 alpha-2, upper case. */
  country?: string;
  /** English name of the largest subdivision of the country: a state, a province … */
  region?: string;
  /** English name. */
  city?: string;
}

/** The autonomous system (network) of an address. */
export interface AsnFacts {
  asn?: number;
  asOrganization?: string;
}

const MAX_TEXT = 100;
/** Codes that databases use for an unknown country. */
const NO_COUNTRY = new Set(['ZZ', 'XX']);

/**
 * Reads the location from a database record of any vendor. MaxMind and DB-IP nest (`country.iso_code`, `city.names.en`);
 * ip-location-db and IPinfo do not (`country_code`, `state1` or `region`, `city`).
 */
export function cityFacts(record: unknown): CityFacts {
  const country = at(record, 'country', 'iso_code') ?? at(record, 'country_code') ?? at(record, 'country');
  const region = at(record, 'subdivisions', 0, 'names', 'en') ?? at(record, 'state1') ?? at(record, 'region');
  const city = at(record, 'city', 'names', 'en') ?? at(record, 'city');
  return { country: countryCode(country), region: saneText(region), city: saneText(city) };
}

/**
 * Reads the network from a database record of MaxMind and DB-IP (`autonomous_system_number`, `…_organization`) or IPinfo
 * (`asn` as `AS15169`, `as_name` or `name`).
 */
export function asnFacts(record: unknown): AsnFacts {
  const asn = asNumber(at(record, 'autonomous_system_number') ?? at(record, 'asn'));
  if (asn === undefined) return {};
  const name = at(record, 'autonomous_system_organization') ?? at(record, 'as_name') ?? at(record, 'name');
  return { asn, asOrganization: saneText(name) };
}

/** Trims a text and cuts it to 100 characters. `undefined` for other values and empty texts. */
export function saneText(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  if (text.length <= MAX_TEXT) return text === '' ? undefined : text;
  return text
    .slice(0, MAX_TEXT)
    .replace(/[\uD800-\uDBFF]$/, '') // half of a surrogate pair
    .trimEnd();
}

function countryCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const code = value.trim().toUpperCase();
  return /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.has(code) ? code : undefined;
}

function asNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(/^(?:AS)?(\d{1,10})$/i.exec(value)?.[1]) : value;
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number <= 0xffffffff
    ? number
    : undefined;
}

function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found;
}
