import type { Schema } from '../../api/client';

export type EventType = Schema<'ConversionResponse'>['eventType'];

/** The types of events in words. */
export const EVENT_NAMES: Readonly<Record<EventType, string>> = {
  registration: 'Registration',
  ftd: 'FTD',
  deposit: 'Deposit',
  qualified: 'Qualified',
  sale: 'Sale',
  rebill: 'Rebill',
  revshare: 'Revenue share',
  lead: 'Lead',
  install: 'Install',
  withdrawal: 'Withdrawal',
};
