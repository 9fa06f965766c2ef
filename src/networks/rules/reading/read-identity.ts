import { isNoIdentity } from '../../../platform/text/no-value.js';
import type { Notice } from '../../../platform/vocabulary/notice.js';
import { shown } from './hints.js';
import type { Reader, SentParameter } from './reader.js';
import { isUnfilledIdentity } from './unfilled-macro.js';

export type TxidReading = { ok: true; txid: string | null; notices: Notice[] } | { ok: false; hint: string };

/** A number that a spreadsheet has shortened: `1.23457E+15`. Its last digits are lost, so that many would become one. */
const SHORTENED = /^[+-]?\d(?:[.,]\d+)?e\+\d{1,3}$|^[+-]?\d[.,]\d+e\d{1,3}$/i;

/** Whether a text can be the name of one thing: not a word for nothing, a macro or a placeholder. */
export function identifies(text: string): boolean {
  return !isNoIdentity(text) && !isUnfilledIdentity(text);
}

export function isShortenedNumber(text: string): boolean {
  return SHORTENED.test(text);
}

/** @param isClickId whether a value is a click id of ours, or the one that was sent: it names the click, not the transaction. */
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

/** The network's name for the player. `0` is what many send where they know none. */
export function readPlayerId(reader: Reader): { playerId: string | null; notices: Notice[] } {
  const taken = reader.take('player_id', (value) => value !== '0' && identifies(value) && !isShortenedNumber(value));
  if (taken) return { playerId: taken.value, notices: [] };
  const shortened = reader.unused('player_id').find(({ value }) => isShortenedNumber(value));
  if (!shortened) return { playerId: null, notices: [] };
  const text = `The player "${shown(shortened.value)}" in "${shortened.name}" was shortened to a rounded number and was left out: format the column as text.`;
  return { playerId: null, notices: [{ code: 'player_dropped', text }] };
}

/** Where names that anybody may mean a transaction by came with several values, the most specific was taken: that is said. */
function chosen(reader: Reader, taken: SentParameter, others: readonly SentParameter[]): Notice[] {
  if (reader.isMapped(taken, 'txid')) return [];
  const rivals = others.filter(({ value }) => value !== taken.value && identifies(value));
  if (rivals.length === 0) return [];
  const text = `"${taken.name}" was taken as the transaction id; ${rivals.map(({ name }) => `"${name}"`).join(', ')} could be it too. If so, map txid to it.`;
  return [{ code: 'txid_chosen', text }];
}

function identifiesNothing({ name, value }: SentParameter): Notice {
  return {
    code: 'txid_dropped',
    text: `"${name}" came as ${shown(value)}, which identifies nothing: it counts as absent.`,
  };
}
