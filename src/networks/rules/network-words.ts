import { CONVERSION_STATUSES, EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';

/** What a network's word for an event can mean: an event type, or that something is taken back. */
export const EVENT_MEANINGS = [...EVENT_TYPES, 'chargeback'] as const;

/** What a network's word for a status can mean. */
export const STATUS_MEANINGS = [...CONVERSION_STATUSES, 'ignore'] as const;

/** How far a transaction id of a network is unique: among the events of one click, or over all of its clicks. */
export const TRANSACTION_SCOPES = ['click', 'network'] as const;
export type TransactionScope = (typeof TRANSACTION_SCOPES)[number];

/** What a repeat without a transaction id can mean. */
export const REPEAT_POLICIES = ['count', 'ignore'] as const;
