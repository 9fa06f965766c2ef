import type { Applied } from '../../conversions/rules/applied.js';
import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import type { Verdict } from '../postback.schema.js';
import type { IncomingTransaction } from '../process/incoming-money.service.js';
import type { LogEntry, PostbackWrite } from '../process/log-entry.js';
import { waitsUntil } from './waiting.js';

const MAX_ATTEMPTS = 20;

/** The entry as it is to be stored. */
export function entryOf(
  job: PostbackWrite,
  known: ReadonlyMap<string, LogEntry>,
  results: ReadonlyMap<ConversionEvent, Applied>,
): LogEntry {
  const { entry, event, mode } = job;
  const found = event === null ? entry : { ...entry, ...findingOf(job, results.get(event) as Applied) };
  return mode === 'again' ? withAttempt(known.get(entry._id) ?? entry, found) : found;
}

export function entryChanges(
  stored: ReadonlyMap<PostbackWrite, LogEntry>,
  known: ReadonlyMap<string, LogEntry>,
): { inserts: LogEntry[]; changes: { before: LogEntry; after: LogEntry }[] } {
  const inserts: LogEntry[] = [];
  const changes: { before: LogEntry; after: LogEntry }[] = [];
  for (const [{ mode }, after] of stored) {
    const before = known.get(after._id);
    if (mode !== 'again') inserts.push(after);
    else if (before !== undefined) changes.push({ before, after }); // else it has expired meanwhile
  }
  return { inserts, changes };
}

/** The transaction id of money that came in; at most one. */
export function incomingOf(event: ConversionEvent | null, verdict: Verdict | undefined): IncomingTransaction[] {
  if (event === null || event.isChargeback || event.networkId === null || event.txid === null) return [];
  return verdict === 'accepted' || verdict === 'updated' ? [{ networkId: event.networkId, txid: event.txid }] : [];
}

function findingOf({ event, entry }: PostbackWrite, applied: Applied): Partial<LogEntry> {
  const { outcome } = applied;
  const waitsForTxid = waitsForMoney(event, outcome) ? { waitsForTxid: event?.txid ?? '' } : {};
  const hint = [entry.hint, ...(applied.notices ?? []).map(({ text }) => text)].filter(Boolean).join(' ') || null;
  if ('conversionId' in applied) {
    const { conversionId, linkId } = applied;
    return { verdict: applied.outcome, reason: null, hint, conversionId, linkId, ...waitsForTxid };
  }
  // It would fit no better should more money come under the same id, so it does not wait.
  if (outcome === 'ambiguous_transaction') return { verdict: 'rejected', reason: outcome, hint };
  const waiting = waitsUntil(entry.receivedAt);
  // A better mapping of currencies may resolve it.
  if (outcome === 'invalid_currency') return { verdict: 'rejected', reason: outcome, hint, waitsUntil: waiting };
  const unknown = `No money is known under the transaction id "${event?.txid ?? ''}" yet: it is taken back should it come within 7 days.`;
  return {
    verdict: 'rejected',
    reason: outcome,
    hint: hint === null ? unknown : `${unknown} ${hint}`,
    waitsUntil: waiting,
    ...waitsForTxid,
  };
}

/** A refund of an amount is done once it is taken off; a chargeback also takes back what comes later under the same id. */
function waitsForMoney(event: ConversionEvent | null, outcome: Applied['outcome']): boolean {
  if (!event?.isChargeback || event.txid === null) return false;
  return outcome === 'unknown_transaction' || (outcome === 'updated' && event.amount === null);
}

/** An entry that counted once keeps its verdict: running it again adds an attempt, no more. */
function withAttempt(before: LogEntry, after: LogEntry): LogEntry {
  const { verdict, reason, conversionId } = after;
  const attempts = [...before.attempts, { at: new Date(), verdict, reason, conversionId }].slice(-MAX_ATTEMPTS);
  return before.conversionId !== null ? { ...before, attempts } : { ...after, attempts };
}
