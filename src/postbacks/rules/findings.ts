import type { ConversionEvent } from '../../conversions/rules/conversion-event.js';
import { isInFuture } from '../../conversions/rules/create-event.js';
import { toHint } from '../../networks/rules/reading/hints.js';
import type { ReadEvent } from '../../networks/rules/reading/reading.js';
import { formatAmount } from '../../platform/money/money.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { PostbackRejectReason } from '../../platform/vocabulary/reject-reasons.js';
import type { LogEntry } from '../process/log-entry.js';
import { waitsUntil } from './waiting.js';

/** An interpreted and attributed request; nothing is stored yet. */
export interface AttributedPostback {
  /** The fields that its log entry gets. */
  finding: Partial<LogEntry>;
  /** The event to apply, if there is one. */
  event: ConversionEvent | null;
  /** The event that was read, if any; also present for tests. */
  read?: ReadEvent;
}

/** Reasons that a better mapping or a new link may still resolve. */
const RESOLVABLE: ReadonlySet<PostbackRejectReason> = new Set<PostbackRejectReason>([
  'missing_click_id',
  'malformed_click_id',
  'unfilled_macro',
  'unmapped_event',
  'unmapped_status',
  'invalid_amount',
  'invalid_currency',
  'missing_txid',
  'invalid_txid',
  'unknown_click',
]);
const MAX_CLICK_ID_LENGTH = 200;

export function toRejected(
  reason: PostbackRejectReason,
  hint: string,
  { receivedAt }: Pick<LogEntry, 'receivedAt'>,
  more: Omit<Partial<LogEntry>, 'verdict' | 'reason' | 'hint'> = {},
): AttributedPostback {
  const waits = RESOLVABLE.has(reason) ? { waitsUntil: waitsUntil(receivedAt) } : {};
  return { finding: { verdict: 'rejected', reason, hint, ...more, ...waits }, event: null };
}

/** Adds notices about how the parameters were read; they come before all other hints. */
export function withNotices(postback: AttributedPostback, notices: readonly Notice[]): AttributedPostback {
  if (notices.length === 0) return postback;
  const { finding } = postback;
  finding.hint = [toHint(notices), finding.hint].filter(Boolean).join(' ');
  return postback;
}

/** The click id, shortened for the log. */
export function clickIdOf({ clickId }: { clickId?: string }): { clickId?: string } {
  return clickId === undefined ? {} : { clickId: clickId.slice(0, MAX_CLICK_ID_LENGTH) };
}

export function testHint({ eventType, status, payout, txid }: ReadEvent): string {
  const money = payout ? ` of ${formatAmount(payout.amount)} ${payout.currency}` : '';
  const transaction = txid === null ? '' : `, transaction ${txid}`;
  return `This is a test, and tests are never counted. It would be: ${eventType}${money}, ${status}${transaction}.`;
}

export function lateNotices({ time }: ReadEvent, { receivedAt }: Pick<LogEntry, 'receivedAt'>): Notice[] {
  if (time === null || !isInFuture(time, receivedAt)) return [];
  const text = `The time ${time.toISOString()} is in the future: the time of arrival counts.`;
  return [{ code: 'time_in_future', text }];
}
