import { domainToASCII } from 'node:url';
import { parseIp } from '../../../platform/net/ip-address.js';
import { type IpRange, isInAnyRange, parseIpRange } from '../../../platform/net/ip-range.js';
import { BROWSER_NAMES, DEVICE_KINDS, OS_NAMES } from '../../../platform/vocabulary/device-names.js';
import { IN_APP_NAMES } from '../../../platform/vocabulary/in-app-names.js';
import type { Condition } from './rule.js';
import { dateTest, hourTest, type TimeTest, weekdayTest } from './time-values.js';
import { strictProblem, valueAdvice } from './value-advice.js';
import type { VisitFacts } from './visit-facts.js';

/** True when a visit has one of a condition's values. */
type Test = (visit: VisitFacts) => boolean;
/** Creates the test for the values, or returns the first invalid value. */
type Reader = (values: readonly string[], timezone: string) => Test | BadValue;

class BadValue {
  constructor(
    readonly value: string,
    readonly wanted: string,
  ) {}
}

/** The value for an unknown property of a visitor, such as the country or referrer. */
const UNKNOWN = 'unknown';
const MAX_SHOWN = 5;
/** Any value, as long as there is one. */
const ANY = '*';

const READERS: Record<string, Reader> = {
  country: (values) =>
    words(values, /^(?:[a-z]{2}|unknown)$/i, 'a country code of two letters such as DE', ({ country }) => country),
  region: (values) => places(values, ({ region }) => region),
  city: (values) => places(values, ({ city }) => city),
  language: languageTest,
  device: (values) => oneOf(values, DEVICE_KINDS, ({ device }) => device),
  os: (values) => oneOf(values, OS_NAMES, ({ os }) => os),
  browser: (values) => oneOf(values, BROWSER_NAMES, ({ browser }) => browser),
  inApp: (values) => oneOf(values, [...IN_APP_NAMES, ANY], ({ inApp }) => inApp),
  referrer: referrerTest,
  ip: addressTest,
  asn: (values) =>
    words(
      values.map((value) => value.replace(/^AS/i, '')),
      /^(?:\d{1,10}|unknown)$/i,
      'the number of a network such as AS13335',
      ({ asn }) => asn?.toString(),
    ),
  weekday: (values, timezone) => atTime(values, timezone, weekdayTest, 'a day such as mon, or mon-fri'),
  hour: (values, timezone) => atTime(values, timezone, hourTest, 'an hour (9) or a span (9-17, 22:30-6)'),
  date: (values, timezone) =>
    atTime(values, timezone, dateTest, 'a day (2026-11-23) or a span (2026-11-01..2026-11-30)'),
  visitor: (values) => oneOf(values, ['new', 'returning'], ({ isReturning }) => (isReturning ? 'returning' : 'new')),
  bot: (values) => oneOf(values, ['true', 'false'], ({ isBot }) => String(isBot)),
};

/** The fields that a condition may have, for messages. */
export const CONDITION_FIELDS = `${Object.keys(READERS).join(', ')}, query:NAME, sub1 … sub10`;

/**
 * The problem of a condition's field or values, or `undefined`. New conditions are checked more strictly than stored
 * ones: `UK` is not a country code, but a stored rule with it continues to work.
 */
export function conditionProblem(field: string, values: readonly string[]): string | undefined {
  const reader = readerOf(field);
  if (reader === undefined) return `there is no field ${field}; there are ${CONDITION_FIELDS}`;
  const bad = values.flatMap((value) => strictProblem(field, value) ?? badValue(field, reader, value) ?? []);
  return bad.length === 0 ? undefined : `${field}: ${bad.slice(0, MAX_SHOWN).join('; ')}`;
}

function badValue(field: string, reader: Reader, value: string): string | undefined {
  const test = reader([value], 'UTC');
  return test instanceof BadValue ? (valueAdvice(field, value) ?? `"${value}" is not ${test.wanted}`) : undefined;
}

/** Compiles a condition. @throws Error when it is invalid; it was validated when it was created. */
export function compileCondition({ field, op, values, timezone }: Condition): Test {
  const test = readerOf(field)?.(values, timezone ?? 'UTC');
  if (test === undefined || test instanceof BadValue) throw new Error(`a condition on ${field} cannot be read`);
  return op === 'in' ? test : (visit) => !test(visit);
}

/** True when the condition needs a look-up in the geo databases. */
export function needsGeo({ field }: Condition): boolean {
  return field === 'country' || field === 'region' || field === 'city' || field === 'asn';
}

function readerOf(field: string): Reader | undefined {
  const parameter = /^(?:query:([\w.-]{1,64})|(sub(?:[1-9]|10)))$/.exec(field);
  const name = parameter?.[1] ?? parameter?.[2];
  if (name !== undefined) return (values) => parameterTest(name, values);
  return Object.hasOwn(READERS, field) ? READERS[field] : undefined;
}

/** Values of one form, compared without case. */
function words(
  values: readonly string[],
  form: RegExp,
  wanted: string,
  of: (visit: VisitFacts) => string | undefined,
): Test | BadValue {
  const bad = values.find((value) => !form.test(value));
  if (bad !== undefined) return new BadValue(bad, wanted);
  const set = new Set(values.map((value) => value.toLowerCase()));
  return (visit) => set.has(of(visit)?.toLowerCase() ?? UNKNOWN) || (set.has(ANY) && of(visit) !== undefined);
}

function oneOf(
  values: readonly string[],
  allowed: readonly string[],
  of: (visit: VisitFacts) => string | undefined,
): Test | BadValue {
  const known = new Set([...allowed.map((value) => value.toLowerCase()), UNKNOWN]);
  const bad = values.find((value) => !known.has(value.toLowerCase()));
  if (bad !== undefined) return new BadValue(bad, `one of ${[...allowed, UNKNOWN].join(', ')}`);
  return words(values, /^/, '', of);
}

/** `Berlin`, or with its country: `DE-Berlin`. */
function places(values: readonly string[], of: (visit: VisitFacts) => string | undefined): Test {
  const set = new Set(values.map((value) => value.toLowerCase()));
  return (visit) => {
    const place = of(visit)?.toLowerCase();
    if (place === undefined) return set.has(UNKNOWN);
    return set.has(place) || set.has(`${visit.country?.toLowerCase()}-${place}`);
  };
}

/** `de` matches all German, `de-CH` only Swiss German. Only the preferred language of the visitor counts. */
function languageTest(values: readonly string[]): Test | BadValue {
  const bad = values.find((value) => !/^(?:[a-z]{2,3}(?:-[a-z0-9]{2,8})*|unknown)$/i.test(value));
  if (bad !== undefined) return new BadValue(bad, 'a language such as de or pt-BR');
  const wanted = values.map((value) => value.toLowerCase());
  return ({ languages: [first] }) =>
    first === undefined
      ? wanted.includes(UNKNOWN)
      : wanted.some((value) => first === value || first.startsWith(`${value}-`));
}

/** A host matches its subdomains too; `direct` matches visits without a referrer. */
function referrerTest(values: readonly string[]): Test | BadValue {
  const wanted = values.map((value) => (domainToASCII(value) || value.toLowerCase()).replace(/^www\./, ''));
  const bad = values.find((value) => !/^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(value));
  if (bad !== undefined) return new BadValue(bad, 'a host such as facebook.com, or direct');
  return ({ referrerHost }) =>
    referrerHost === undefined
      ? wanted.includes('direct') || wanted.includes(UNKNOWN)
      : wanted.some((host) => referrerHost === host || referrerHost.endsWith(`.${host}`));
}

function addressTest(values: readonly string[]): Test | BadValue {
  const ranges: IpRange[] = [];
  for (const value of values) {
    const range = parseIpRange(value);
    if (range === undefined) return new BadValue(value, 'an address or range such as 203.0.113.0/24 or 2001:db8::/32');
    ranges.push(range);
  }
  return ({ ip }) => {
    const address = parseIp(ip);
    return address !== undefined && isInAnyRange(address, ranges);
  };
}

/** Exact, with case; `*` for any value that is not empty. */
function parameterTest(name: string, values: readonly string[]): Test {
  const set = new Set(values);
  return (visit) => {
    const found = visit.query(name);
    if (found.every((value) => value === '') && set.has(UNKNOWN)) return true;
    return found.some((value) => set.has(value) || (value !== '' && set.has(ANY)));
  };
}

function atTime(
  values: readonly string[],
  timezone: string,
  read: (value: string) => TimeTest | undefined,
  wanted: string,
): Test | BadValue {
  const tests: TimeTest[] = [];
  for (const value of values) {
    const test = read(value);
    if (test === undefined) return new BadValue(value, wanted);
    tests.push(test);
  }
  return (visit) => {
    const now = visit.localTime(timezone);
    return tests.some((test) => test(now));
  };
}
