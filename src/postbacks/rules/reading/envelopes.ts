import type { Parameter } from '../../../networks/rules/reading/parameter.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import { readJson } from './json-body.js';

/** Parameters, including the fields of an envelope. */
export type Unwrapped = { ok: true; parameters: Parameter[]; notices: Notice[] } | { ok: false; message: string };

/** Names that senders use for an object around the parameters. */
const ENVELOPES: ReadonlySet<string> = new Set(
  'data event payload postback conversion params parameters body message result attributes record item object json request'.split(
    ' ',
  ),
);
/** An object of another name is an envelope only if it is the only parameter and has such a field. `{"click":{"id":…}}` is none. */
const CLICK_ID = /^\s*click[_-]?id\s*$/i;
const BRACKETS = /^\s*([a-z]{1,20})(?:\[([\w-]{1,100})\]|\.([\w-]{1,100}))\s*$/i;
const MAX_DEPTH = 3;
const MAX_UNWRAPPED = 10;

/**
 * Takes the fields out of an envelope: `{"data":{…}}`, `payload={"click_id":…}`. If a field contradicts a parameter of the
 * same name outside the envelope, nothing is taken out, because it is not known which value is meant.
 */
export function unwrap(sent: Parameter[], depth = 0): Unwrapped {
  const notices: Notice[] = [];
  let parameters = withoutBrackets(sent, notices);
  let unwrapped = 0;
  for (const envelope of parameters) {
    if (!isEnvelope(envelope, sent.length)) continue;
    const reading = readJson(envelope.value);
    if (!reading.ok) {
      if (isList(envelope.value) && reading.message.includes('objects')) {
        return { ok: false, message: reading.message.replace('the body', `"${envelope.name}"`) };
      }
      continue;
    }
    if (reading.fields === null || ++unwrapped > MAX_UNWRAPPED) continue;
    const fields = withEventName(envelope, reading.fields);
    if (!ENVELOPES.has(nameOf(envelope)) && !fields.some(({ name }) => CLICK_ID.test(name))) continue;
    const others = parameters.filter((parameter) => parameter !== envelope);
    const clash = fields.find((field) => others.some((other) => isOther(field, other)));
    if (clash !== undefined) {
      const text = `"${clash.name}" is inside "${shown(envelope)}" and beside it, with different values: the value inside was ignored.`;
      notices.push({ code: 'envelope_unread', text });
      continue;
    }
    const inner =
      depth + 1 < MAX_DEPTH ? unwrap(fields, depth + 1) : { ok: true as const, parameters: fields, notices: [] };
    if (!inner.ok) return inner;
    parameters = [...others, ...inner.parameters];
    notices.push(
      { code: 'envelope_read', text: `The parameters were read from inside "${shown(envelope)}".` },
      ...inner.notices,
    );
  }
  return { ok: true, parameters, notices };
}

/** Reads `data[click_id]=…` and `data.click_id=…` as `click_id`, unless another parameter has that name. */
function withoutBrackets(sent: Parameter[], notices: Notice[]): Parameter[] {
  if (!sent.some(({ name }) => BRACKETS.test(name))) return sent;
  const names = new Set(sent.map(nameOf));
  return sent.map((parameter) => {
    const [, envelope, bracketed, dotted] = BRACKETS.exec(parameter.name) ?? [];
    const name = bracketed ?? dotted;
    if (envelope === undefined || name === undefined || !ENVELOPES.has(envelope.toLowerCase())) return parameter;
    if (names.has(name.toLowerCase())) return parameter;
    notices.push({ code: 'envelope_read', text: `The parameters were read from inside "${envelope}".` });
    const { value, isNumber } = parameter;
    return isNumber ? { name, value, isNumber } : { name, value };
  });
}

/** Cheap check first: very few parameters are JSON. */
function isEnvelope({ name, value }: Parameter, count: number): boolean {
  const first = value.charCodeAt(0);
  if (first !== 0x7b && first !== 0x5b && !/^\s+[{[]/.test(value)) return false;
  return count === 1 || ENVELOPES.has(name.trim().toLowerCase());
}

/** In `{"event":{"name":"ftd",…}}` the name is that of the event. */
function withEventName(envelope: Parameter, fields: Parameter[]): Parameter[] {
  if (nameOf(envelope) !== 'event' || fields.some((field) => nameOf(field) === 'event')) return fields;
  const named = fields.find((field) => nameOf(field) === 'name') ?? fields.find((field) => nameOf(field) === 'type');
  return named === undefined ? fields : [{ name: 'event', value: named.value }, ...fields];
}

function isOther(field: Parameter, other: Parameter): boolean {
  return nameOf(field) === nameOf(other) && field.value.trim() !== other.value.trim() && other.value.trim() !== '';
}

function isList(value: string): boolean {
  return value.trimStart().startsWith('[');
}

function nameOf({ name }: Parameter): string {
  return name.trim().toLowerCase();
}

function shown({ name }: Parameter): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}
