import type { Notice } from '../../platform/vocabulary/notice.js';

/** The result of an event. */
export type EventResult =
  | { outcome: 'accepted' | 'updated' | 'duplicate'; conversionId: string; linkId: string; notices: Notice[] }
  /** A chargeback of an unknown conversion. */
  | { outcome: 'unknown_transaction'; notices?: Notice[] }
  /** A chargeback without a click, of a transaction of several clicks; or one in another currency than the conversion. */
  | { outcome: 'ambiguous_transaction' | 'invalid_currency'; notices: Notice[] };
