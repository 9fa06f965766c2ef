import type { Notice } from '../../platform/vocabulary/notice.js';

/** What became of an event. */
export type Applied =
  | { outcome: 'accepted' | 'updated' | 'duplicate'; conversionId: string; linkId: string; notices: Notice[] }
  /** A chargeback whose money is not known. */
  | { outcome: 'unknown_transaction'; notices?: Notice[] }
  /** A chargeback that names no click, of a transaction that several clicks have; or one in another currency than the money. */
  | { outcome: 'ambiguous_transaction' | 'invalid_currency'; notices: Notice[] };
