import { newId } from '../platform/ids/ids.js';
import { compareAmounts, type Money } from '../platform/money/money.js';
import type { Conversion } from './conversion.schema.js';
import type { ConversionEvent } from './conversion-event.js';
import { dedupeKey } from './dedupe-key.js';
import { decidingStatus } from './status.js';

/** A conversion without its tenant: what the rules work on. */
export type ConversionState = Omit<Conversion, 'workspaceId'>;

/** Whose the conversion is, as its click id says. */
export interface Attribution {
  linkId: string;
  clickedAt: Date;
}

export function newConversion(
  event: ConversionEvent,
  networkId: string,
  attribution: Attribution,
  now: Date,
): ConversionState {
  const { clickId, eventType, status, networkStatus, payout, txid, at, postbackId } = event;
  return {
    _id: newId('cnv', now.getTime()),
    networkId,
    clickId,
    ...attribution,
    eventType,
    dedupeKey: dedupeKey(event),
    txid,
    status,
    statusAt: at,
    networkStatus,
    payout,
    payoutAt: payout && at,
    isFtd: false,
    convertedAt: at,
    history: [{ at, status, networkStatus, payout, postbackId }],
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * What a further word about the same transaction makes of it. `changed` is false when it says nothing new; even then the
 * later time of an equal word is kept, as it decides between words still to come.
 */
export function applyEvent(
  before: ConversionState,
  event: ConversionEvent,
  now: Date,
): { after: ConversionState; changed: boolean } {
  const status = decidingStatus(
    { status: before.status, at: before.statusAt, networkStatus: before.networkStatus },
    { status: event.status, at: event.at, networkStatus: event.networkStatus },
  );
  const { payout, at: payoutAt } = decidingPayout(
    { payout: before.payout, at: before.payoutAt },
    { payout: event.payout, at: event.at },
  );
  const changed = status.status !== before.status || !sameMoney(payout, before.payout);
  const { networkStatus } = status;
  const entry = { at: event.at, status: status.status, networkStatus, payout, postbackId: event.postbackId };
  return {
    changed,
    after: {
      ...before,
      status: status.status,
      statusAt: status.at,
      networkStatus,
      payout,
      payoutAt,
      convertedAt: event.at < before.convertedAt ? event.at : before.convertedAt,
      history: changed ? [...before.history, entry] : before.history,
      updatedAt: now,
    },
  };
}

interface TimedPayout {
  payout: Money | null;
  at: Date | null;
}

/** The later amount holds; on a tie the larger, so that order does not matter. No amount says nothing. */
function decidingPayout(a: TimedPayout, b: TimedPayout): TimedPayout {
  if (b.payout === null || b.at === null) return a;
  if (a.payout === null || a.at === null) return b;
  const byTime = a.at.getTime() - b.at.getTime();
  const order =
    byTime || compareAmounts(a.payout.amount, b.payout.amount) || a.payout.currency.localeCompare(b.payout.currency);
  return order >= 0 ? a : b;
}

function sameMoney(a: Money | null, b: Money | null): boolean {
  if (a === null || b === null) return a === b;
  return a.currency === b.currency && compareAmounts(a.amount, b.amount) === 0;
}
