/** Our names for a postback's parameters. Mappings translate the network's names to these. */
export const CANONICAL_PARAMS = [
  'click_id',
  'event',
  'status',
  'payout',
  'currency',
  'txid',
  'player_id',
  'time',
  'sub1',
  'sub2',
  'sub3',
  'sub4',
  'sub5',
  'sub6',
  'sub7',
  'sub8',
  'sub9',
  'sub10',
] as const;
export type CanonicalParam = (typeof CANONICAL_PARAMS)[number];
