import type { Schema } from '../../api/client';
import type { Conversion, ConversionStatus } from '../conversions-words';
import { changeEffect, isSameMoney } from './change-effect';
import { entryWords as words } from './entry-words';
import { type MoneyDraft, moneyOf } from './money-draft';

const AMOUNT = /^-?\d+(?:\.\d+)?$/;

/** A change as it is typed. */
export interface ChangeDraft {
  status: ConversionStatus;
  payout: MoneyDraft;
  note: string;
}

type Before = Pick<Conversion, 'status' | 'payout'>;

/** The fields that differ from the conversion. An empty amount changes nothing; one that is no number is left to the API. */
export function changesOf(before: Before, { status, payout, note }: ChangeDraft): Schema<'UpdateConversionRequest'> {
  const money = moneyOf(payout);
  const isOther = money !== undefined && (!AMOUNT.test(money.amount) || !isSameMoney(money, before.payout));
  return {
    ...(status !== before.status && { status }),
    ...(isOther && { payout: money }),
    ...(note.trim() !== '' && { note: note.trim() }),
  };
}

/** The effect of a change in words, before it is made. */
export function effectWords(before: Before, { status, payout, note }: Schema<'UpdateConversionRequest'>): string {
  if (payout !== undefined && !AMOUNT.test(payout.amount)) return words.noEffect;
  const after = { status: status ?? before.status, payout: payout ?? before.payout };
  return changeEffect(before, after) ?? (note === undefined ? words.noEffect : words.noteOnly);
}
