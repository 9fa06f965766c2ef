/** Reasons to refuse a report that reading alone finds, in a postback and in a row of a file alike. */
export const READING_REJECT_REASONS = [
  'missing_click_id',
  'unfilled_macro',
  'malformed_click_id',
  'unmapped_event',
  'unmapped_status',
  'invalid_amount',
  'invalid_currency',
  'invalid_txid',
  'missing_txid',
] as const;
export type ReadingRejectReason = (typeof READING_REJECT_REASONS)[number];

/** Reasons that the links, the clicks and the conversions of the workspace give, for postbacks and rows alike. */
const LOOKUP_REJECT_REASONS = [
  'forged_click_id',
  'unknown_click',
  'unknown_transaction',
  'ambiguous_transaction',
] as const;

/**
 * Reasons of rows. A person corrects a file and sends it again. So a row is refused where a postback is accepted with a
 * notice (`invalid_time`), or logged with another verdict (`test_click_id`, `ignored_status`).
 */
export const ROW_REJECT_REASONS = [
  ...READING_REJECT_REASONS,
  ...LOOKUP_REJECT_REASONS,
  'unknown_link',
  'unknown_network',
  'test_click_id',
  'ignored_status',
  'invalid_time',
  'missing_time',
  'too_long',
  'too_many_cells',
] as const;
export type RowRejectReason = (typeof ROW_REJECT_REASONS)[number];

/** Reasons of postbacks. */
export type PostbackRejectReason =
  | ReadingRejectReason
  | (typeof LOOKUP_REJECT_REASONS)[number]
  | 'malformed_request'
  | 'method_not_allowed'
  | 'not_allowed'
  | 'outside_window'
  | 'secret_key';
