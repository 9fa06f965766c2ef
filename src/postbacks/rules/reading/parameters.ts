import type { Parameter } from '../../../networks/rules/reading/parameter.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import { isJson, notUtf8 } from './body-text.js';
import { charsetOfType } from './charset.js';
import { hasTooManyPairs, MAX_PARAMETERS } from './count-pairs.js';
import { unwrap } from './envelopes.js';
import { readForm } from './form-text.js';
import { readJson } from './json-body.js';
import { mendForm } from './mend-form.js';
import { isMultipart, readMultipart } from './multipart.js';

/** Body and query of a request, raw. */
export interface RawRequest {
  /** What stands behind the `?`. */
  query: string;
  /** As text (see `toBodyText`); empty when there was none. */
  body: string;
  contentType: string;
  /** The network's character set, for what is not UTF-8. */
  charset?: string | undefined;
  /** What was guessed before the request could be read: its address, its files. */
  notices?: readonly Notice[] | undefined;
}

const MAX_NAMES_SHOWN = 5;
const NO_CHARSETS: readonly string[] = [];
/** What programs send who mean nothing. */
const SCALAR = /^(?:true|false|-?\d[\d.eE+-]*)$/;
const NOTHING = /^(?:null|undefined|\[object Object\]|""|\{\s*\}|\[\s*\])$/;
const TOO_MANY = `there are more than ${MAX_PARAMETERS} parameters`;

/** What a request says, name by name. */
export interface ReadParameters {
  ok: true;
  parameters: Parameter[];
  /** The same before anything was taken out of an envelope: what a signature is made over. */
  sent: Parameter[];
  /** What was dropped, guessed or could not be decoded. */
  notices: Notice[];
  /** The network's character set, where something was decoded by it. */
  charset?: string;
}

export type ParametersReading = ReadParameters | { ok: false; message: string; notices: Notice[] };

type PartReading = { ok: true; sent: Parameter[]; parameters: Parameter[] } | { ok: false; message: string };

/** What is learnt on the way. */
interface Findings {
  notices: Notice[];
  unreadable: string[];
  usedCharset: boolean;
}

/** The parameters of query and body together; where both name one, the body's stands first and so wins. Never throws. */
export function readParameters({ query, body, contentType, charset, notices = [] }: RawRequest): ParametersReading {
  const findings: Findings = { notices: [...notices], unreadable: [], usedCharset: false };
  const known = charsetsOf(contentType, charset);
  const fromQuery = readFormPart(query, known.query, findings);
  const fromBody =
    body === '' ? NO_PART : readBody(body.trim(), contentType, query.trim() !== '', known.body, findings);
  if (!fromBody.ok) return { ...fromBody, notices: findings.notices };
  if (!fromQuery.ok) return { ...fromQuery, notices: findings.notices };
  const sent = fromBody === NO_PART ? fromQuery.sent : [...fromBody.sent, ...fromQuery.sent];
  const parameters = fromBody === NO_PART ? fromQuery.parameters : [...fromBody.parameters, ...fromQuery.parameters];
  if (sent.length > MAX_PARAMETERS || parameters.length > MAX_PARAMETERS) {
    return { ok: false, message: TOO_MANY, notices: findings.notices };
  }
  if (findings.unreadable.length > 0) findings.notices.push(notUtf8(namesIn(findings.unreadable)));
  const used = findings.usedCharset && charset !== undefined ? { charset } : {};
  return { ok: true, parameters, sent, notices: findings.notices, ...used };
}

const NO_PART: PartReading = { ok: true, sent: [], parameters: [] };

function readBody(
  text: string,
  contentType: string,
  hasQuery: boolean,
  charsets: readonly string[],
  findings: Findings,
): PartReading {
  if (text === '') return NO_PART;
  if (hasQuery && NOTHING.test(text)) return NO_PART;
  if (text.startsWith('<')) {
    return { ok: false, message: 'the body is XML or HTML: send the parameters in the query, as a form or as JSON' };
  }
  if (text.startsWith('--') && isMultipart(contentType)) {
    const multipart = readMultipart(Buffer.from(text, 'utf8').toString('latin1'), contentType);
    return readFormPart(multipart?.form ?? '', charsets, findings);
  }
  // Some senders put JSON into a form's content type or none at all: the text itself tells.
  if (!isJson(text, contentType)) return readFormPart(text, charsets, findings);
  const inner = unquoted(text);
  if (inner?.includes('=')) return readFormPart(inner, charsets, findings);
  if (hasQuery && (inner !== undefined || SCALAR.test(text)) && !/^\s*[{[]/.test(inner ?? '')) {
    findings.notices.push({
      code: 'body_ignored',
      text: `The body is ${text.slice(0, 40)}, which names nothing; it was left out.`,
    });
    return NO_PART;
  }
  const json = readJson(text.replace(/^\ufeff/, ''));
  if (!json.ok) return json;
  if (json.fields !== null) return unwrapped(json.fields, findings);
  return hasQuery || text.startsWith('{') ? NO_PART : { ok: false, message: 'the body has no parameters' };
}

/** What a JSON text says that is a string. */
function unquoted(text: string): string | undefined {
  if (!text.startsWith('"') || !text.endsWith('"')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function readFormPart(text: string, charsets: readonly string[], findings: Findings): PartReading {
  if (text === '') return NO_PART;
  // Before anything is mended or decoded: thousands of pairs must cost no more than a look at their separators.
  if (hasTooManyPairs(text)) return { ok: false, message: TOO_MANY };
  const mended = mendForm(text);
  findings.notices.push(...mended.notices);
  const { parameters, unreadable, usedCharset } = readForm(mended.text, charsets);
  findings.unreadable.push(...unreadable);
  findings.usedCharset ||= usedCharset;
  return unwrapped(parameters, findings);
}

function unwrapped(sent: Parameter[], findings: Findings): PartReading {
  if (sent.length > MAX_PARAMETERS) return { ok: false, message: TOO_MANY };
  const reading = unwrap(sent);
  if (!reading.ok) return reading;
  findings.notices.push(...reading.notices);
  const hasBlanks = reading.parameters.some(({ name }) => /^\s|\s$/.test(name));
  return { ok: true, sent, parameters: hasBlanks ? reading.parameters.map(withoutBlanks) : reading.parameters };
}

/** `GET …? click_id=…`: a blank is no part of a name. */
function withoutBlanks(parameter: Parameter): Parameter {
  const name = parameter.name.trim();
  if (name.length === parameter.name.length) return parameter;
  const { value, isNumber } = parameter;
  return isNumber ? { name, value, isNumber } : { name, value };
}

/** The request's own goes first: of its body, as the query is not a part of what a `Content-Type` describes. */
function charsetsOf(
  contentType: string,
  own: string | undefined,
): { query: readonly string[]; body: readonly string[] } {
  if (own === undefined && contentType === '') return { query: NO_CHARSETS, body: NO_CHARSETS };
  const declared = charsetOfType(contentType) ?? [];
  const network = own ?? [];
  return { query: [network, declared].flat(), body: [declared, network].flat() };
}

function namesIn(names: readonly string[]): string {
  const some = [...new Set(names)].slice(0, MAX_NAMES_SHOWN).map((name) => `"${name.slice(0, 40)}"`);
  return `The value of ${some.join(', ')}`;
}
