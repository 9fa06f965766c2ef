import type { Parameter } from '../../../networks/rules/reading/parameter.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import { isJson, notUtf8 } from './body-text.js';
import { charsetOfType } from './charset.js';
import { hasTooManyPairs, MAX_PARAMETERS } from './count-pairs.js';
import { unwrap } from './envelopes.js';
import { readForm } from './form-text.js';
import { readJson } from './json-body.js';
import { repairForm } from './repair-form.js';
import { isMultipart, readMultipart } from './multipart.js';

/** Body and query of a request, raw. */
export interface RawRequest {
  /** The text after the `?`. */
  query: string;
  /** As text (see `toBodyText`); empty if there is no body. */
  body: string;
  contentType: string;
  /** The network's character set, for bytes that are not UTF-8. */
  charset?: string | undefined;
  /** Notices from before the request was read: about its address and its files. */
  notices?: readonly Notice[] | undefined;
}

const MAX_NAMES_SHOWN = 5;
const NO_CHARSETS: readonly string[] = [];
/** Bodies that programs send to mean "no body". */
const SCALAR = /^(?:true|false|-?\d[\d.eE+-]*)$/;
const NOTHING = /^(?:null|undefined|\[object Object\]|""|\{\s*\}|\[\s*\])$/;
const TOO_MANY = `there are more than ${MAX_PARAMETERS} parameters`;

/** The parameters of a request. */
export interface ReadParameters {
  ok: true;
  parameters: Parameter[];
  /** The parameters before envelopes were opened. A signature covers these. */
  sent: Parameter[];
  /** Notices about text that was dropped, corrected or could not be decoded. */
  notices: Notice[];
  /** The network's character set, if it was used. */
  charset?: string;
}

export type ParametersReading = ReadParameters | { ok: false; message: string; notices: Notice[] };

type PartReading = { ok: true; sent: Parameter[]; parameters: Parameter[] } | { ok: false; message: string };

/** Findings about query and body, collected while reading. */
interface Findings {
  notices: Notice[];
  unreadable: string[];
  usedCharset: boolean;
}

/** Reads the parameters of body and query. Those of the body come first and therefore win. Never throws. */
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
  // Some senders declare JSON as a form, or declare no type: the text decides.
  if (!isJson(text, contentType)) return readFormPart(text, charsets, findings);
  const inner = unquoted(text);
  if (inner?.includes('=')) return readFormPart(inner, charsets, findings);
  if (hasQuery && (inner !== undefined || SCALAR.test(text)) && !/^\s*[{[]/.test(inner ?? '')) {
    findings.notices.push({
      code: 'body_ignored',
      text: `The body is ${text.slice(0, 40)}, which has no parameter names; it was ignored.`,
    });
    return NO_PART;
  }
  const json = readJson(text.replace(/^\ufeff/, ''));
  if (!json.ok) return json;
  if (json.fields !== null) return unwrapped(json.fields, findings);
  return hasQuery || text.startsWith('{') ? NO_PART : { ok: false, message: 'the body has no parameters' };
}

/** The value of a JSON text that is a string. */
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
  // Checked before anything is corrected or decoded: thousands of pairs must cost no more than counting separators.
  if (hasTooManyPairs(text)) return { ok: false, message: TOO_MANY };
  const repaired = repairForm(text);
  findings.notices.push(...repaired.notices);
  const { parameters, unreadable, usedCharset } = readForm(repaired.text, charsets);
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

/** Blanks around a name are removed, as in `GET …? click_id=…`. */
function withoutBlanks(parameter: Parameter): Parameter {
  const name = parameter.name.trim();
  if (name.length === parameter.name.length) return parameter;
  const { value, isNumber } = parameter;
  return isNumber ? { name, value, isNumber } : { name, value };
}

/** `Content-Type` describes the body only: there it comes before the network's character set, in the query after it. */
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
