import type { HistoryEntry } from '../conversion.schema.js';
import { settledState } from './apply-event.js';
import type { AppliedUpdate } from './applied-update.js';
import type { ConversionState } from './conversion-state.js';
import { keepsFirstAmount } from './dedupe-key.js';
import { knownUpdates } from './known-updates.js';

/** The time, author and reason of an undo. */
export type Undo = Pick<HistoryEntry, 'at' | 'sourceId' | 'note'>;

/**
 * Takes back the latest change by a person, as if it had not been made: the conversion has again the status and payout that
 * all other reports give it, and a status can become pending again. The history keeps both steps.
 * @returns `undefined` if the latest entry of the history is no change by a person, or was taken back.
 */
export function undoManualChange(before: ConversionState, undo: Undo, now: Date): ConversionState | undefined {
  const entry = before.history.at(-1);
  if (before.history.length < 2 || entry?.origin !== 'manual') return undefined;
  const known = knownUpdates(before);
  const from = known.findIndex((update) => isOf(update, entry));
  if (from < 1) return undefined;
  // A change that confirms all values has an update and no entry: it goes with the change before it.
  const left = known.filter((update, i) => i < from || update.origin !== 'manual');
  const updates = isOnlyFromPixel(before.history.slice(0, -1)) ? left.map(asFromPixel) : left;
  return settledState(
    before,
    updates,
    { keepsFirstAmount: keepsFirstAmount(before) },
    { ...undo, origin: 'manual' },
    now,
  );
}

function isOf({ origin, part, at, pricedAt }: AppliedUpdate, entry: HistoryEntry): boolean {
  return origin === 'manual' && part === undefined && (pricedAt ?? at).getTime() === entry.at.getTime();
}

function isOnlyFromPixel(history: readonly HistoryEntry[]): boolean {
  return history.length > 0 && history.every(({ origin }) => origin === 'pixel');
}

/** The first change by a person confirmed what a page had reported; see `Ledger.applyTo`. */
function asFromPixel(update: AppliedUpdate): AppliedUpdate {
  return update.origin === 'manual' ? { ...update, origin: 'pixel' } : update;
}
