import { asksForProof } from '../../networks/rules/network-security.js';
import type { Network } from '../../networks/network.schema.js';
import type { EventReading } from '../../networks/rules/reading/reading.js';
import type { Money } from '../../platform/money/money.js';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { PostbackOrigin } from '../postback.schema.js';

/** The reading with a manual amount, where only the amount could not be read. */
export function withPayout(reading: EventReading, payout: Money | undefined): EventReading {
  if (payout === undefined) return reading;
  // A refund in another currency than its conversion can be read, and is rejected only when it is applied.
  const isRefund = reading.kind === 'event' && reading.event.isChargeback && reading.event.payout !== null;
  if (isRefund) return { ...reading, event: { ...reading.event, payout, isCurrencyNamed: true } };
  if (reading.kind !== 'rejected' || reading.unpriced === undefined) return reading;
  const { parameters, clickId, additions, notices, unpriced } = reading;
  const event = { ...unpriced, payout, isCurrencyNamed: true };
  return { kind: 'event', parameters, additions, notices, event, ...(clickId !== undefined && { clickId }) };
}

/**
 * A page cannot prove its report by address, token or signature. At a network that asks for one of these, the report approves
 * nothing: it is pending until the network or a person approves it.
 */
export function withPageTrust(
  reading: EventReading,
  { security }: Pick<Network, 'security'>,
  origin: PostbackOrigin,
): EventReading {
  const isUnproven = origin === 'pixel' && asksForProof(security);
  if (!isUnproven || reading.kind !== 'event' || reading.event.status !== 'approved') return reading;
  return { ...reading, event: { ...reading.event, status: 'pending' }, notices: [...reading.notices, PAGE_UNPROVEN] };
}

const PAGE_UNPROVEN: Notice = {
  code: 'page_unproven',
  text: 'A web page sent this, and this network requires an address, a token or a signature, which a page cannot have: it is pending until the network or a person approves it.',
};
