/** The reasons of rejections, as the API names them. */
export const REASONS = [
  'missing_click_id',
  'unfilled_macro',
  'malformed_click_id',
  'forged_click_id',
  'unknown_click',
  'unmapped_event',
  'unmapped_status',
  'invalid_amount',
  'invalid_currency',
  'missing_txid',
  'invalid_txid',
  'unknown_transaction',
  'ambiguous_transaction',
  'outside_window',
  'not_allowed',
  'secret_key',
  'malformed_request',
  'method_not_allowed',
] as const;

/** Requests with these reasons can be accepted by hand. With `needsPayout`, the amount is entered. */
export function acceptanceOf(reason: string | null): { needsPayout: boolean } | undefined {
  if (reason === 'outside_window') return { needsPayout: false };
  return reason === 'invalid_amount' || reason === 'invalid_currency' ? { needsPayout: true } : undefined;
}
