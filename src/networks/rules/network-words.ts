import { CONVERSION_STATUSES, EVENT_TYPES } from '../../platform/vocabulary/conversion-words.js';

/** Possible meanings of a network's word for an event: an event type, or a chargeback. */
export const EVENT_MEANINGS = [...EVENT_TYPES, 'chargeback'] as const;

/** Possible meanings of a network's word for a status. */
export const STATUS_MEANINGS = [...CONVERSION_STATUSES, 'ignore'] as const;

/** Scope in which a network's transaction ids are unique: the events of one click, or all of its clicks. */
export const TRANSACTION_SCOPES = ['click', 'network'] as const;
export type TransactionScope = (typeof TRANSACTION_SCOPES)[number];

/** How a repeat without a transaction id can be handled. */
export const REPEAT_POLICIES = ['count', 'ignore'] as const;
