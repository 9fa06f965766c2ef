import type { CanonicalParam } from '../../networks/canonical-params.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';

/**
 * The names under which networks and trackers commonly send each parameter, compared without case, the first filled one
 * wins. Of the names for the click id the one whose value proves to be ours wins: `tid` and `transaction_id` are a click id
 * to some and a conversion id to others.
 */
export const ALIASES: Readonly<Record<CanonicalParam, readonly string[]>> = {
  click_id: names(
    'click_id clickid cid subid sub_id sub_id1 sub_id_1 sub1 sub2 s1 s2 aff_sub aff_click_id transaction_id tid cnv_id',
    'payload s2s.req_id s2s.pub_id anid btag stag source_id1 external_id uuid req_id visit_id var c click upd_clickid',
  ),
  event: names('event event_type type et goal goal_id goal_alias event_name event_id action postback_type'),
  status: names('status conv_status cnv_status state stage'),
  payout: names('payout revenue sum amount value commission base_commission price sale_amount cash sumdep'),
  currency: names('currency cnv_currency cr order_currency'),
  txid: names(
    'txid tid transaction_id transactionid action_id order_id orderid conversion_id rdtk_event_id xid adv_sub t202txid',
    'postback_id',
  ),
  player_id: names('player_id playerid user_id profile_id customer_id client_reference'),
  sub1: [],
  sub2: [],
  sub3: [],
  sub4: [],
  sub5: [],
  sub6: [],
  sub7: [],
  sub8: [],
  sub9: [],
  sub10: [],
  time: names('time timestamp date event_time datetime conversion_time action_timestamp sale_date_unix'),
};

export const EVENT_WORDS: Readonly<Record<string, EventType>> = {
  registration: 'registration',
  registrations: 'registration',
  reg: 'registration',
  register: 'registration',
  signup: 'registration',
  sign_up: 'registration',
  complete_registration: 'registration',
  ftd: 'ftd',
  first_dep: 'ftd',
  first_deposit: 'ftd',
  firstdeposit: 'ftd',
  new_deposit: 'ftd',
  ndc: 'ftd',
  deposit: 'deposit',
  dep: 'deposit',
  redep: 'deposit',
  rdep: 'deposit',
  rd: 'deposit',
  repeat_deposit: 'deposit',
  qualified: 'qualified',
  qftd: 'qualified',
  cpa: 'qualified',
  baseline: 'qualified',
  revshare: 'revshare',
  sale: 'sale',
  purchase: 'sale',
  rebill: 'rebill',
  lead: 'lead',
  install: 'install',
  withdrawal: 'withdrawal',
};

export const STATUS_WORDS: Readonly<Record<string, ConversionStatus>> = {
  approved: 'approved',
  approve: 'approved',
  '1': 'approved',
  confirmed: 'approved',
  accepted: 'approved',
  accept: 'approved',
  billed: 'approved',
  paid: 'approved',
  pending: 'pending',
  '2': 'pending',
  '5': 'pending',
  hold: 'pending',
  wait: 'pending',
  expect: 'pending',
  'in process': 'pending',
  rejected: 'rejected',
  reject: 'rejected',
  '3': 'rejected',
  '-1': 'rejected',
  declined: 'rejected',
  cancel: 'rejected',
  canceled: 'rejected',
  cancelled: 'rejected',
  fake: 'rejected',
  chargeback: 'rejected',
  reversed: 'rejected',
  trash: 'rejected',
};

function names(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}
