import { createHash, createHmac } from 'node:crypto';
import { parseTime } from '../../platform/time/parse-time.js';
import type { Parameter } from '../../networks/rules/reading/parameter.js';
import { isSameText } from '../../platform/text/same-text.js';

// docs/postback-security.md has worked examples, and signature-docs.spec.ts runs them.

export interface SignatureRule {
  secret: string;
  /** The parameter that carries the signature. */
  param: string;
  /** The parameter with the time at which it was signed. */
  timestampParam: string;
  toleranceSeconds: number;
}

/** Identifies a signed request. The order and encoding of its parameters make no difference. */
export interface SignedMessage {
  /** Digest of the signature in lower case. The log does not keep the signature itself. */
  id: string;
  /** When it was signed. */
  at: Date;
}

export type SignatureFinding = { ok: true; signed: SignedMessage } | { ok: false; hint: string };

const MAX_NAMES_SHOWN = 20;
const MAX_NAME_SHOWN = 40;

/**
 * The text that is signed: all parameters except the signature. Names and values are percent-encoded by RFC 3986 (all but
 * letters, digits and `-._~`), sorted by name and then by value, by code unit of the encoded text, and joined as in a query.
 * @param compared the signature that was sent. Only this value is left out; other values of the same name are signed.
 * Default: all values of that name are left out.
 */
export function canonicalText(parameters: readonly Parameter[], signatureParam: string, compared?: string): string {
  return canonicalPairs(parameters, signatureParam, compared)
    .map(({ name, value }) => `${name}=${value}`)
    .join('&');
}

/** HMAC-SHA256 of the canonical text, in hex. */
export function signatureOf(canonical: string, secret: string): string {
  return createHmac('sha256', secret).update(canonical).digest('hex');
}

/**
 * Checks that the signature of a request is correct and fresh. The hint describes the problem for the log.
 * @param receivedAt the time of arrival, by which the age is measured. A later replay changes nothing.
 */
export function checkSignature(
  parameters: readonly Parameter[],
  rule: SignatureRule,
  receivedAt: Date,
): SignatureFinding {
  const sent = valueOf(parameters, rule.param);
  if (sent === undefined) return wrong(`The signature is missing: the network must send it in "${rule.param}".`);
  if (!/^[0-9a-f]{64}$/i.test(sent)) return wrong(`The signature in "${rule.param}" is not 64 hexadecimal digits.`);
  const expected = signatureOf(canonicalText(parameters, rule.param, sent), rule.secret);
  if (!isSameText(sent.toLowerCase(), expected)) {
    return wrong(
      `The signature in "${rule.param}" does not match. It must be made with this network's secret over: ${namesIn(parameters, rule.param, sent)}.`,
    );
  }
  return checkTimestamp(parameters, rule, receivedAt, expected);
}

function checkTimestamp(
  parameters: readonly Parameter[],
  { timestampParam, toleranceSeconds }: SignatureRule,
  receivedAt: Date,
  signature: string,
): SignatureFinding {
  const text = valueOf(parameters, timestampParam);
  if (text === undefined) return wrong(`The timestamp is missing: the network must send it in "${timestampParam}".`);
  const at = parseTime(text);
  if (at === undefined) {
    return wrong(`The timestamp in "${timestampParam}" is not a time: Unix seconds, milliseconds or ISO 8601.`);
  }
  const age = (receivedAt.getTime() - at.getTime()) / 1_000;
  if (Math.abs(age) <= toleranceSeconds) return { ok: true, signed: { id: idOf(signature), at } };
  const seconds = Math.ceil(Math.abs(age));
  return wrong(
    age > 0
      ? `The timestamp is too old: ${seconds} s, and ${toleranceSeconds} s are allowed.`
      : `The timestamp is ${seconds} s in the future, and ${toleranceSeconds} s are allowed: one of the two clocks is wrong.`,
  );
}

function wrong(hint: string): SignatureFinding {
  return { ok: false, hint };
}

function idOf(signature: string): string {
  return createHash('sha256').update(signature).digest('base64url');
}

/** The first non-empty value; names are compared without case. */
function valueOf(parameters: readonly Parameter[], param: string): string | undefined {
  const wanted = param.toLowerCase();
  return parameters
    .map(({ name, value }) => ({ name: name.toLowerCase(), value: value.trim() }))
    .find(({ name, value }) => name === wanted && value !== '')?.value;
}

function canonicalPairs(parameters: readonly Parameter[], signatureParam: string, compared?: string): Parameter[] {
  const own = signatureParam.toLowerCase();
  const isLeftOut = ({ name, value }: Parameter): boolean =>
    name.toLowerCase() === own && (compared === undefined || isSameOrEmpty(value.trim(), compared));
  return parameters
    .filter((parameter) => !isLeftOut(parameter))
    .map(({ name, value }) => ({ name: percentEncoded(name), value: percentEncoded(value) }))
    .sort((a, b) => byCodeUnit(a.name, b.name) || byCodeUnit(a.value, b.value));
}

function isSameOrEmpty(value: string, compared: string): boolean {
  return value === '' || value.toLowerCase() === compared.toLowerCase();
}

/** A lone surrogate, which JSON may contain, is encoded as U+FFFD, as in a query. */
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

function namesIn(parameters: readonly Parameter[], signatureParam: string, compared: string): string {
  const names = canonicalPairs(parameters, signatureParam, compared).map(({ name }) =>
    name.length > MAX_NAME_SHOWN ? `${name.slice(0, MAX_NAME_SHOWN)}…` : name,
  );
  if (names.length === 0) return 'nothing, as no other parameter was sent';
  return `${names.slice(0, MAX_NAMES_SHOWN).join(', ')}${names.length > MAX_NAMES_SHOWN ? ' …' : ''}`;
}
