import {
  CONVERSION_STATUSES,
  type ConversionStatus,
  EVENT_TYPES,
  type EventType,
} from '../../platform/vocabulary/conversion-words.js';

/** Words for events in people's files, beside our own; see `plainWord`. */
export const IMPORT_EVENT_WORDS: Readonly<Record<string, EventType>> = {
  ...ownNames(EVENT_TYPES),
  reg: 'registration',
  register: 'registration',
  signup: 'registration',
  sign_up: 'registration',
  first_deposit: 'ftd',
  first_time_deposit: 'ftd',
  dep: 'deposit',
  redeposit: 'deposit',
  repeat_deposit: 'deposit',
  qftd: 'qualified',
  cpa: 'qualified',
  purchase: 'sale',
  order: 'sale',
  rev_share: 'revshare',
  revenue_share: 'revshare',
};

/** Words for statuses in people's files, beside our own. */
export const IMPORT_STATUS_WORDS: Readonly<Record<string, ConversionStatus>> = {
  ...ownNames(CONVERSION_STATUSES),
  approve: 'approved',
  accepted: 'approved',
  confirmed: 'approved',
  paid: 'approved',
  hold: 'pending',
  on_hold: 'pending',
  wait: 'pending',
  waiting: 'pending',
  open: 'pending',
  reject: 'rejected',
  declined: 'rejected',
  canceled: 'rejected',
  cancelled: 'rejected',
  chargeback: 'rejected',
  refunded: 'rejected',
  reversed: 'rejected',
  fraud: 'rejected',
};

/** `First deposit`, `first-deposit` and `first_deposit` are one word. */
export function plainWord(word: string): string {
  return word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
}

function ownNames<T extends string>(names: readonly T[]): Record<string, T> {
  return Object.fromEntries(names.map((name) => [name, name]));
}
