import type { EventResult } from '../../conversions/rules/event-result.js';
import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import type { Verdict } from '../postback.schema.js';
import type { IncomingTransaction } from '../process/incoming-money.service.js';
import type { LogEntry, PostbackWrite } from '../process/log-entry.js';
import { waitsUntil } from './waiting.js';

const MAX_ATTEMPTS = 20;

/** The entry to store. */
export function entryOf(
  job: PostbackWrite,
  known: ReadonlyMap<string, LogEntry>,
  results: ReadonlyMap<ConversionEvent, EventResult>,
): LogEntry {
  const { entry, event, mode } = job;
  const found = event === null ? entry : { ...entry, ...findingOf(job, results.get(event) as EventResult) };
  return mode === 'again' ? withAttempt(known.get(entry._id) ?? entry, found) : found;
}

/** The inserts and changes that store these entries. */
export function entryChanges(
  stored: ReadonlyMap<PostbackWrite, LogEntry>,
  known: ReadonlyMap<string, LogEntry>,
): { inserts: LogEntry[]; changes: { before: LogEntry; after: LogEntry }[] } {
  const inserts: LogEntry[] = [];
  const changes: { before: LogEntry; after: LogEntry }[] = [];
  for (const [{ mode }, after] of stored) {
    const before = known.get(after._id);
    if (mode !== 'again') inserts.push(after);
    else if (before !== undefined) changes.push({ before, after }); // otherwise it has expired meanwhile
  }
  return { inserts, changes };
}

/** The transaction id of incoming money; at most one. */
export function incomingOf(event: ConversionEvent | null, verdict: Verdict | undefined): IncomingTransaction[] {
  if (event === null || event.isChargeback || event.networkId === null || event.txid === null) return [];
  return verdict === 'accepted' || verdict === 'updated' ? [{ networkId: event.networkId, txid: event.txid }] : [];
}

function findingOf({ event, entry }: PostbackWrite, applied: EventResult): Partial<LogEntry> {
  const { outcome } = applied;
  const waitsForTxid = waitsForMoney(event, outcome) ? { waitsForTxid: event?.txid ?? '' } : {};
  const hint = [entry.hint, ...(applied.notices ?? []).map(({ text }) => text)].filter(Boolean).join(' ') || null;
  if ('conversionId' in applied) {
    const { conversionId, linkId } = applied;
    return { verdict: applied.outcome, reason: null, hint, conversionId, linkId, ...waitsForTxid };
  }
  // More money under the same id would not resolve it, so it does not wait.
  if (outcome === 'ambiguous_transaction') return { verdict: 'rejected', reason: outcome, hint };
  const waiting = waitsUntil(entry.receivedAt);
  // A mapping of the currency may resolve it.
  if (outcome === 'invalid_currency') return { verdict: 'rejected', reason: outcome, hint, waitsUntil: waiting };
  const unknown = `No payment with the transaction id "${event?.txid ?? ''}" was received yet: if it comes within 7 days, it is taken back.`;
  return {
    verdict: 'rejected',
    reason: outcome,
    hint: hint === null ? unknown : `${unknown} ${hint}`,
    waitsUntil: waiting,
    ...waitsForTxid,
  };
}

/** A refund of an amount ends when it is subtracted. A chargeback also takes back later money with the same transaction id. */
function waitsForMoney(event: ConversionEvent | null, outcome: EventResult['outcome']): boolean {
  if (!event?.isChargeback || event.txid === null) return false;
  return outcome === 'unknown_transaction' || (outcome === 'updated' && event.amount === null);
}

/** Adds an attempt. An entry that has counted keeps its verdict. */
function withAttempt(before: LogEntry, after: LogEntry): LogEntry {
  const { verdict, reason, conversionId } = after;
  const attempts = [...before.attempts, { at: new Date(), verdict, reason, conversionId }].slice(-MAX_ATTEMPTS);
  return before.conversionId !== null ? { ...before, attempts } : { ...after, attempts };
}
