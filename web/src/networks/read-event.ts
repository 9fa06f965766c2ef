import type { Schema } from '../api/client';
import { formatMoney } from '../ui/data/money-format';

/** The event in words: `FTD, approved, 50.00 EUR`. */
export function describeEvent({
  eventType,
  status,
  payout,
  isChargeback,
}: Pick<Schema<'ReadEventResponse'>, 'eventType' | 'status' | 'payout' | 'isChargeback'>): string {
  const event = isChargeback ? 'chargeback' : eventType === 'ftd' ? 'FTD' : eventType;
  return [event, status, payout === null ? '' : formatMoney(payout)].filter((part) => part !== '').join(', ');
}
