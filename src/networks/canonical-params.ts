/** The names that a postback's parameters are mapped onto. */
export const CANONICAL_PARAMS = [
  'click_id',
  'event',
  'status',
  'payout',
  'currency',
  'txid',
  'time',
  ...Array.from({ length: 10 }, (_, i) => `sub${i + 1}`),
] as const;
