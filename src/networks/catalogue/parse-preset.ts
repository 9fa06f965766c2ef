import {
  CONVERSION_STATUSES,
  EVENT_TYPES,
  REPEATABLE_EVENT_TYPES,
} from '../../platform/vocabulary/conversion-words.js';
import { CANONICAL_PARAMS } from '../rules/canonical-params.js';
import { EVENT_MEANINGS, REPEAT_POLICIES, STATUS_MEANINGS } from '../rules/network-words.js';
import { type Preset, PRESET_KINDS } from './preset.js';

/** Returns the problem of a value, or undefined. */
type Check = (value: unknown) => string | undefined;
type Shape = Record<string, Check>;

/**
 * Checks a preset's data.
 * @param fileName without `.json`; it must be the preset's id.
 * @returns the preset, or a line for each wrong field.
 */
export function parsePreset(fileName: string, data: unknown): { preset: Preset } | { problems: string[] } {
  const problems: string[] = [];
  check(data, PRESET, '', problems);
  if (problems.length === 0 && (data as Preset).id !== fileName) problems.push(`id: is "${fileName}", like the file`);
  return problems.length > 0 ? { problems } : { preset: data as Preset };
}

/** Every field of the shape must exist and be valid, and there must be no other fields. */
function check(data: unknown, shape: Shape, at: string, problems: string[], optional: readonly string[] = []): void {
  if (!isObject(data)) {
    problems.push(`${at || 'the file'}: is an object`);
    return;
  }
  for (const name of Object.keys(data)) {
    if (!Object.hasOwn(shape, name)) problems.push(`${at}${name}: there is no such field`);
  }
  for (const [name, isRight] of Object.entries(shape)) {
    const value = data[name];
    if (value === undefined && optional.includes(name)) continue;
    const problem = value === undefined ? 'is missing' : isRight(value);
    if (problem !== undefined) problems.push(`${at}${name}: ${problem}`);
  }
}

const text: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'is a text');
const yesNo: Check = (value) => (typeof value === 'boolean' ? undefined : 'is true or false');
const textOrNull: Check = (value) => (value === null ? undefined : text(value));
const oneOf =
  (...words: readonly (string | null)[]): Check =>
  (value) =>
    words.includes(value as string) ? undefined : `is one of ${words.join(', ')}`;
const matching =
  (pattern: RegExp, what: string): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : `is ${what}`;

const listOf =
  (item: Check, from = 0): Check =>
  (value) => {
    if (!Array.isArray(value)) return 'is a list';
    if (value.length < from) return `has ${from} or more entries`;
    return first(value.map((entry, index) => [String(index), item(entry)]));
  };

const mapOf =
  (key: Check, item: Check): Check =>
  (value) =>
    isObject(value)
      ? first(Object.entries(value).map(([name, entry]) => [name, key(name) ?? item(entry)]))
      : 'is an object';

const shaped =
  (shape: Shape, ...optional: string[]): Check =>
  (value) => {
    const problems: string[] = [];
    check(value, shape, '', problems, optional);
    return problems.length > 0 ? problems.join('; ') : undefined;
  };

const lowerCase = matching(/^[^A-Z$][^A-Z]*$/, 'a word in lower case');
const canonical = oneOf(...CANONICAL_PARAMS);
const eventType = oneOf(...EVENT_TYPES);
const status = oneOf(...CONVERSION_STATUSES);
const decimal = matching(/^-?\d+(\.\d+)?$/, 'a decimal such as "50.00"');

const REQUEST: Check = (value) =>
  typeof value === 'string' ? text(value) : shaped({ query: () => undefined, body: text, contentType: text })(value);

const PRESET: Shape = {
  id: matching(/^[a-z0-9][a-z0-9-]*$/, 'lower-case letters, digits and hyphens'),
  name: text,
  kind: oneOf(...PRESET_KINDS),
  verified: yesNo,
  unverifiedParts: listOf(text),
  source: text,
  clickIdParam: matching(/^[\w.~-]{1,64}$/, 'a parameter name'),
  macroSyntax: text,
  macros: mapOf(canonical, text),
  mapping: shaped({
    params: mapOf(canonical, listOf(text, 1)),
    events: mapOf(lowerCase, oneOf(...EVENT_MEANINGS)),
    statuses: mapOf(lowerCase, oneOf(...STATUS_MEANINGS)),
  }),
  defaults: shaped(
    { event: eventType, status, currency: text, payout: decimal },
    'event',
    'status',
    'currency',
    'payout',
  ),
  repeats: mapOf(oneOf(...REPEATABLE_EVENT_TYPES), oneOf(...REPEAT_POLICIES)),
  limits: shaped({ httpOnly: yesNo, staticPayout: yesNo, batched: textOrNull }),
  postbackUrls: listOf(
    shaped({ event: oneOf(...EVENT_TYPES, null), params: mapOf(canonical, text), note: text }, 'note'),
    1,
  ),
  checks: listOf(text, 1),
  samples: listOf(
    shaped(
      {
        request: REQUEST,
        verdict: oneOf('accepted', 'ignored', 'rejected'),
        reason: text,
        event: eventType,
        status,
        payout: decimal,
        txid: text,
      },
      'reason',
      'event',
      'status',
      'payout',
      'txid',
    ),
    1,
  ),
};

function first(checked: readonly (readonly [string, string | undefined])[]): string | undefined {
  const bad = checked.find(([, problem]) => problem !== undefined);
  return bad && `${bad[0]}: ${bad[1]}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
