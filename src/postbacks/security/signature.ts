import { createHmac } from 'node:crypto';
import { parseTime } from '../../platform/time/parse-time.js';
import type { Parameter } from '../../networks/reading/parameter.js';
import { isSameText } from '../../platform/text/same-text.js';

// Documented with worked examples in docs/postback-security.md; a test runs those.

export interface SignatureRule {
  secret: string;
  /** The parameter that carries the signature. */
  param: string;
  /** The parameter that says when it was made. */
  timestampParam: string;
  toleranceSeconds: number;
}

const MAX_NAMES_SHOWN = 20;
const MAX_NAME_SHOWN = 40;

/**
 * What is signed: all parameters but the signature itself, in an order that does not depend on how they were sent. Names
 * and values are percent-encoded as RFC 3986 says (all but letters, digits and `-._~`), sorted by name and then by value,
 * by code unit of the encoded text, and joined as in a query.
 */
export function canonicalText(parameters: readonly Parameter[], signatureParam: string): string {
  return canonicalPairs(parameters, signatureParam)
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

/** HMAC-SHA256 of the canonical text, in hex. */
export function signatureOf(canonical: string, secret: string): string {
  return createHmac('sha256', secret).update(canonical).digest('hex');
}

/**
 * What is wrong with the signature of a request, for a person; `undefined` when it is right and fresh.
 * @param receivedAt when the request came: one that is looked at later is not older for that.
 */
export function signatureProblem(
  parameters: readonly Parameter[],
  rule: SignatureRule,
  receivedAt: Date,
): string | undefined {
  const sent = valueOf(parameters, rule.param);
  if (sent === undefined) return `The signature is missing: the network must send it in "${rule.param}".`;
  if (!/^[0-9a-f]{64}$/i.test(sent)) return `The signature in "${rule.param}" is not 64 hexadecimal digits.`;
  const expected = signatureOf(canonicalText(parameters, rule.param), rule.secret);
  if (!isSameText(sent.toLowerCase(), expected)) {
    return `The signature in "${rule.param}" does not match. It must be made with this network's secret over: ${namesIn(parameters, rule.param)}.`;
  }
  return timestampProblem(parameters, rule, receivedAt);
}

function timestampProblem(
  parameters: readonly Parameter[],
  { timestampParam, toleranceSeconds }: SignatureRule,
  receivedAt: Date,
): string | undefined {
  const text = valueOf(parameters, timestampParam);
  if (text === undefined) return `The timestamp is missing: the network must send it in "${timestampParam}".`;
  const time = parseTime(text);
  if (time === undefined) {
    return `The timestamp in "${timestampParam}" is not a time: Unix seconds, milliseconds or ISO 8601.`;
  }
  const age = (receivedAt.getTime() - time.getTime()) / 1_000;
  if (Math.abs(age) <= toleranceSeconds) return undefined;
  const seconds = Math.ceil(Math.abs(age));
  return age > 0
    ? `The timestamp is too old: ${seconds} s, and ${toleranceSeconds} s are allowed.`
    : `The timestamp is ${seconds} s in the future, and ${toleranceSeconds} s are allowed: one of the two clocks is wrong.`;
}

/** The first one that is filled, its name compared without case. */
function valueOf(parameters: readonly Parameter[], param: string): string | undefined {
  const wanted = param.toLowerCase();
  return parameters
    .map(({ name, value }) => ({ name: name.toLowerCase(), value: value.trim() }))
    .find(({ name, value }) => name === wanted && value !== '')?.value;
}

function canonicalPairs(parameters: readonly Parameter[], signatureParam: string): Parameter[] {
  const left = signatureParam.toLowerCase();
  return parameters
    .filter(({ name }) => name.toLowerCase() !== left)
    .map(({ name, value }) => ({ name: percentEncoded(name), value: percentEncoded(value) }))
    .sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.value, b.value));
}

/** Half of a surrogate pair, which JSON may hold, counts as U+FFFD, as in a query. */
function percentEncoded(text: string): string {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replaceAll(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function namesIn(parameters: readonly Parameter[], signatureParam: string): string {
  const names = canonicalPairs(parameters, signatureParam).map(({ name }) =>
    name.length > MAX_NAME_SHOWN ? `${name.slice(0, MAX_NAME_SHOWN)}…` : name,
  );
  if (names.length === 0) return 'nothing, as no other parameter came along';
  return `${names.slice(0, MAX_NAMES_SHOWN).join(', ')}${names.length > MAX_NAMES_SHOWN ? ' …' : ''}`;
}
