/** The names that a postback's parameters are mapped onto. */
export const CANONICAL_PARAMS = ['click_id', 'event', 'status', 'payout', 'currency', 'txid', 'time'] as const;
export type CanonicalParam = (typeof CANONICAL_PARAMS)[number];
