import { isId } from '../../../platform/ids/ids.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import type { ReadingRejectReason } from '../../../platform/vocabulary/reject-reasons.js';
import { shown, unfilledHint } from './hints.js';
import { isMappable } from './param-name.js';
import type { Reader, SentParameter } from './reader.js';
import { ALIASES } from './vocabulary.js';

export type SentClickId =
  | { ok: true; value: string; notices: Notice[] }
  /** `name`: another parameter, in which one of our click ids came. */
  | { ok: false; reason: ReadingRejectReason; hint: string; name?: string };

/** A hint lists at most this many names. */
const NAMES_IN_HINT = 3;
const MAX_SEARCHED = 200;

/**
 * Finds the click id. Of several candidates, one with a valid signature wins, even with other text around it. Without one,
 * the best candidate is returned: later steps decide whether it is forged.
 * @param mayBeLink whether a link id may replace the click id.
 */
export function readClickId(reader: Reader, provesItself: (value: string) => boolean, mayBeLink: boolean): SentClickId {
  const mapped = reader.mapped('click_id');
  const byProof = mapped.length === 0 || reader.dialect.takesProvenClickId === true;
  const take = (accept: (value: string) => boolean): SentParameter | undefined =>
    byProof ? reader.take('click_id', accept) : reader.takeMapped('click_id', accept);

  const genuine = take(provesItself) ?? (mayBeLink ? take((value) => isId('lnk', value)) : undefined);
  if (genuine) return { ok: true, value: genuine.value, notices: [] };
  const around = take((value) => genuineIn(value, provesItself) !== undefined);
  if (around) return fromAround(around, genuineIn(around.value, provesItself) ?? '');

  const unfilled = reader.unfilled('click_id', !byProof);
  const elsewhere = reader.findAny((value) => genuineIn(value, provesItself) !== undefined);
  if (elsewhere) return misplaced(elsewhere, take(() => true) !== undefined, unfilled.length > 0);

  const alike = take(looksLikeClickId);
  if (alike) return { ok: true, value: alike.value, notices: [] };
  const [macro] = unfilled;
  if (macro) return { ok: false, reason: 'unfilled_macro', hint: unfilledHint(reader, macro) };
  const sent = take(() => true);
  if (sent) return { ok: true, value: sent.value, notices: [] };
  if (reader.dialect.chosen?.includes('click_id') === true) {
    return {
      ok: false,
      reason: 'missing_click_id',
      hint: 'The row has no click id in the column that was chosen for it.',
    };
  }
  const names = byProof ? [...(reader.dialect.mapping.params['click_id'] ?? []), ...ALIASES.click_id] : mapped;
  const expected = `${names.slice(0, NAMES_IN_HINT).join(', ')}${names.length > NAMES_IN_HINT ? ' …' : ''}`;
  return { ok: false, reason: 'missing_click_id', hint: `No click id was sent. It is expected in: ${expected}.` };
}

/**
 * Finds a click id with other text around it: `"K1…"`, `CAMP-K1…`, `K1…/`. Two different ids are ambiguous and give none. An id
 * directly next to another letter or digit is not accepted, because that would help a forger.
 */
export function genuineIn(value: string, provesItself: (value: string) => boolean): string | undefined {
  if (provesItself(value)) return value;
  if (!/[^0-9A-Za-z]/.test(value)) return undefined;
  const text = decoded(value.slice(0, MAX_SEARCHED));
  const found = new Set<string>();
  for (const run of text.match(/[0-9A-Za-z]{8,}/g) ?? []) if (provesItself(run)) found.add(run);
  return found.size === 1 ? [...found][0] : undefined;
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replaceAll(/%[0-9a-f]{2}/gi, ' ');
  }
}

function fromAround({ name, value }: SentParameter, id: string): SentClickId {
  const text = `"${name}" came as ${shown(value)}: the click id in it was used, and the characters around it were ignored.`;
  return { ok: true, value: id, notices: [{ code: 'click_id_cleaned', text }] };
}

/** A click id came in a parameter that is not read as the click id. */
function misplaced({ name }: SentParameter, isSent: boolean, isUnfilled: boolean): SentClickId {
  const reason = isSent ? 'malformed_click_id' : isUnfilled ? 'unfilled_macro' : 'missing_click_id';
  const hint = `The value in "${name}" is one of your click ids: map click_id to "${name}".`;
  return { ok: false, reason, hint, ...(isMappable(name) && { name }) };
}

function looksLikeClickId(value: string): boolean {
  return /^[0-9A-Za-z]{20,32}$/.test(value);
}
