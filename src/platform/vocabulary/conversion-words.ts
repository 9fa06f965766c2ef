/** What kind of thing a player or customer did. */
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

/** Event types that happen again for the same click without a transaction id to tell them apart. */
export const REPEATABLE_EVENT_TYPES = ['deposit', 'sale', 'rebill'] as const satisfies readonly EventType[];
