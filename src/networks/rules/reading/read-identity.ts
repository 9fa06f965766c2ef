import { isNoIdentity } from '../../../platform/text/no-value.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import { shown } from './hints.js';
import type { Reader, SentParameter } from './reader.js';
import { isUnfilledIdentity } from './unfilled-macro.js';

export type TxidReading = { ok: true; txid: string | null; notices: Notice[] } | { ok: false; hint: string };

/** A number that a spreadsheet has rounded: `1.23457E+15`. Its last digits are lost, so different ids become equal. */
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?e\+\d{1,3}$|^[+-]?\d[.,]\d+e\d{1,3}$/i;

/** Whether a text can identify something: it is not a word such as `null`, a macro or a placeholder. */
export function identifies(text: string): boolean {
  return !isNoIdentity(text) && !isUnfilledIdentity(text);
}

/** Whether a spreadsheet has rounded this number, so that it cannot identify anything. */
export function isShortenedNumber(text: string): boolean {
  return SHORTENED.test(text);
}

/** Reads the transaction id. @param isClickId whether a value is a click id, which identifies the click and not the transaction. */
export function readTxid(reader: Reader, isClickId: (value: string) => boolean): TxidReading {
  const taken = reader.take('txid', (value) => identifies(value) && !isClickId(value) && !isShortenedNumber(value));
  const others = reader.unused('txid').filter(({ value }) => !isClickId(value));
  if (taken) return { ok: true, txid: taken.value, notices: chosen(reader, taken, others) };
  const shortened = others.find(({ value }) => isShortenedNumber(value));
  if (shortened) {
    const hint = `The transaction id "${shown(shortened.value)}" in "${shortened.name}" was shortened to a rounded number: format the column as text and send it again.`;
    return { ok: false, hint };
  }
  return { ok: true, txid: null, notices: others.filter(({ value }) => !identifies(value)).map(identifiesNothing) };
}

/** Reads the network's id of the player. Many networks send `0` when they know none. */
export function readPlayerId(reader: Reader): { playerId: string | null; notices: Notice[] } {
  const taken = reader.take('player_id', (value) => value !== '0' && identifies(value) && !isShortenedNumber(value));
  if (taken) return { playerId: taken.value, notices: [] };
  const shortened = reader.unused('player_id').find(({ value }) => isShortenedNumber(value));
  if (!shortened) return { playerId: null, notices: [] };
  const text = `The player "${shown(shortened.value)}" in "${shortened.name}" was shortened to a rounded number and was left out: format the column as text.`;
  return { playerId: null, notices: [{ code: 'player_dropped', text }] };
}

/** A notice when several common names came with different values: it tells which one was used. */
function chosen(reader: Reader, taken: SentParameter, others: readonly SentParameter[]): Notice[] {
  if (reader.isMapped(taken, 'txid')) return [];
  const rivals = others.filter(({ value }) => value !== taken.value && identifies(value));
  if (rivals.length === 0) return [];
  const text = `"${taken.name}" was read as the transaction id; ${rivals.map(({ name }) => `"${name}"`).join(', ')} could be it too. If so, map txid to it.`;
  return [{ code: 'txid_chosen', text }];
}

function identifiesNothing({ name, value }: SentParameter): Notice {
  return {
    code: 'txid_dropped',
    text: `"${name}" came as ${shown(value)}, which identifies nothing: it counts as missing.`,
  };
}
