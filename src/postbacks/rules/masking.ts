import type { Network } from '../../networks/network.schema.js';
import { shapeOf } from '../../platform/http/validation/nesting.js';
import { firstPairs } from './reading/count-pairs.js';
import { MAX_JSON_VALUES } from './reading/json-body.js';
import { maskJson } from '../security/mask-json.js';

const MASK = '***';
const SECRET_HEADERS: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization', 'x-api-key']);
const SECRET_HEADER = /(?:^|-)(?:token|secret|password|signature|api-?key)(?:-|$)/;
const USUAL_SECRETS =
  'token access_token security_token verification_token secure secret password key api_key hash sig signature hmac'.split(
    ' ',
  );
/** A shorter secret would match ordinary text. */
const MIN_SECRET_LENGTH = 8;
/** Characters kept of JSON that has too many values to be read. */
const KEPT_JSON_LENGTH = 8_192;

/** The secrets that the log must not show. */
export interface Masking {
  /** Names of parameters, in lower case, whose values are secret. */
  names: ReadonlySet<string>;
  /** Texts that are secret wherever they occur, each with its replacement. */
  texts: ReadonlyMap<string, string>;
}

const USUAL: Masking = { names: new Set(USUAL_SECRETS), texts: new Map() };

/**
 * The masking for one network's requests.
 * @param mapped names of parameters that the mapping (of the network or its preset) reads. They are not masked, because
 * a replay needs them. The token and the signature are masked anyway.
 */
export function maskingOf(
  { key, oldKey, security }: Pick<Network, 'key' | 'oldKey' | 'security'>,
  mapped: readonly string[] = [],
): Masking {
  const { token, hmac } = security;
  const names = new Set(USUAL_SECRETS);
  for (const name of mapped) names.delete(name.toLowerCase());
  for (const name of [token?.param, hmac?.param]) if (name !== undefined) names.add(name.toLowerCase());
  const texts = new Map<string, string>();
  for (const secret of [token?.value, hmac?.secret]) {
    if (secret !== undefined && secret.length >= MIN_SECRET_LENGTH) texts.set(secret, MASK);
  }
  for (const own of [key, oldKey]) if (own !== null) texts.set(own, maskKey(own));
  return { names, texts };
}

/** Text for the log. */
export interface MaskedText {
  text: string;
  /** The text was longer than what is read; only its beginning was kept. */
  isCut: boolean;
}

/** Masks the secrets in a query or body and leaves the rest as sent. Of a query or form, the first 100 pairs are kept. */
export function maskRequestText(text: string, masking: Masking = USUAL): MaskedText {
  if (/^\s*[{[]/.test(text)) {
    // JSON with too many values is rejected unread.
    const isCut = text.length > MAX_JSON_VALUES && shapeOf(text, Number.POSITIVE_INFINITY).commas > MAX_JSON_VALUES;
    const json = isCut ? text.slice(0, KEPT_JSON_LENGTH) : text;
    return { text: maskTexts(maskJson(json, jsonMaskingOf(masking)), masking), isCut };
  }
  const { text: kept, isCut } = firstPairs(text);
  const masked = kept
    .split('&')
    .map((pair) => maskPair(pair, masking))
    .join('&');
  return { text: masked, isCut };
}

/** Like `maskRequestText`, but as one text: `&…` marks an omission. */
export function maskParameters(text: string, masking: Masking = USUAL): string {
  const masked = maskRequestText(text, masking);
  return masked.isCut ? `${masked.text}&…` : masked.text;
}

/** Masks secret headers, and secrets in the query of a URL in a header (Referer). */
export function maskHeaders(headers: NodeJS.Dict<string | string[]>, masking: Masking = USUAL): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, maskHeader(name, [value ?? ''].flat().join(', '), masking)]),
  );
}

/** `/postback/4tXq…` → `/postback/***7aZ`: enough to tell two keys apart. */
export function maskKey(key: string): string {
  return `${MASK}${key.slice(-3)}`;
}

function maskHeader(name: string, raw: string, masking: Masking): string {
  if (SECRET_HEADERS.has(name) || SECRET_HEADER.test(name) || masking.names.has(name)) return MASK;
  const value = maskTexts(raw, masking);
  if (hasSecret(decoded(value), masking)) return MASK;
  const [, before, query, after] = /^([^?]*\?)([^#]*)(.*)$/s.exec(value) ?? [];
  return before === undefined ? value : `${before}${maskParameters(query ?? '', masking)}${after ?? ''}`;
}

function maskPair(raw: string, masking: Masking): string {
  if (raw === '') return raw;
  const pair = maskTexts(raw, masking);
  const equals = pair.indexOf('=');
  const [name, value] = decodedPair(pair, equals); // %74oken is "token"
  if (equals >= 0 && masking.names.has(name.trim().toLowerCase())) return `${pair.slice(0, equals)}=${MASK}`;
  if (/^\s*[{[]/.test(value)) {
    const masked = maskJson(value, jsonMaskingOf(masking));
    return masked === value ? pair : `${pair.slice(0, equals)}=${encodeURIComponent(masked)}`;
  }
  return hasSecret(name, masking) || hasSecret(value, masking) ? MASK : pair; // a secret with percent-encoded characters
}

function decodedPair(pair: string, equals: number): [name: string, value: string] {
  if (/[%+]/.test(pair)) return [...new URLSearchParams(pair)][0] ?? ['', ''];
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

function jsonMaskingOf(masking: Masking): Parameters<typeof maskJson>[1] {
  return {
    isSecretName: (name) => masking.names.has(name.trim().toLowerCase()),
    maskText: (text) => maskTexts(text, masking),
    mask: MASK,
  };
}

function hasSecret(text: string, { texts }: Masking): boolean {
  return [...texts.keys()].some((secret) => text.includes(secret));
}

function maskTexts(text: string, { texts }: Masking): string {
  let masked = text;
  for (const [secret, mask] of texts) masked = masked.replaceAll(secret, mask);
  return masked;
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
