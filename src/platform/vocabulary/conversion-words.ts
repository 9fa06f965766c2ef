// Words that several modules share, without any rules. Start here for event types and statuses; the other files have the
// names of devices and apps, notices, and the nearest known word for a typing error.

/** The kinds of events that networks report. */
export const EVENT_TYPES = [
  'registration',
  'ftd',
  'deposit',
  'qualified',
  'sale',
  'rebill',
  'revshare',
  'lead',
  'install',
  'withdrawal',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const CONVERSION_STATUSES = ['pending', 'approved', 'rejected'] as const;
export type ConversionStatus = (typeof CONVERSION_STATUSES)[number];

/** Event types that can occur several times for one click, also without a transaction id to distinguish them. */
export const REPEATABLE_EVENT_TYPES = ['deposit', 'sale', 'rebill'] as const satisfies readonly EventType[];
