import type { ConversionStatus, EventType } from '../../../platform/vocabulary/conversion-words.js';
import type { CanonicalParam } from '../canonical-params.js';
import { nameKey, wordKey } from './name-key.js';

/**
 * The names that networks, trackers and files commonly use for each value. They are compared by `nameKey`, and the first with
 * a value wins. Among the names of the click id, a value with a valid signature wins: some networks send a click id as `tid`
 * or `transaction_id`, others a conversion id. Among payouts, amounts paid to us come before amounts the player paid.
 */
export const ALIASES: Readonly<Record<CanonicalParam, readonly string[]>> = {
  click_id: names(
    'click_id clickid cid subid sub_id sub_id1 sub_id_1 sub1 sub2 s1 s2 aff_sub aff_click_id transaction_id tid cnv_id',
    'payload s2s.req_id s2s.pub_id anid btag stag source_id1 external_id uuid req_id visit_id var c click upd_clickid clkid click_ref',
  ),
  event: names(
    'event event_type type et goal goal_id goal_alias event_name event_id action postback_type conversion_type conv_type',
    'conversion_event conversion_name event_code goal_name goal_type goal_value action_type action_name notification_type',
  ),
  status: names(
    'status conv_status cnv_status state stage conversion_status lead_status order_status sale_status action_status',
    'approval_status payment_status deal_status transaction_status',
  ),
  payout: names(
    'payout payout_amount affiliate_payout partner_payout publisher_payout payout_value payout_sum commission commissions',
    'commission_amount commission_value base_commission affiliate_commission partner_commission earning earnings affiliate_earnings',
    'reward bounty profit income partner_income fee cpa_payout revenue revenue_amount rev net_revenue sum amount value price total',
    'total_amount sum_amount cash payment payment_amount payment_sum amount_paid sale_amount sale_value order_amount order_value',
    'order_total conversion_value goal_amount txn_amount transaction_amount amt deposit deposit_amount sumdep dep_sum ftd_amount bid cost',
  ),
  currency: names(
    'currency cnv_currency cr order_currency payout_currency currency_code currency_iso iso_currency cur curr ccy commission_currency',
    'amount_currency revenue_currency sale_currency transaction_currency payment_currency conversion_currency valuta currency_id',
  ),
  txid: names(
    'txid transaction_id transactionid transaction txn_id trx_id tx_id txnid trx txn tx conversion_id action_id payment_id deposit_id',
    'sale_id operation_id order_id orderid order_number order_no order purchase_id charge_id receipt_id invoice_id invoice',
    'invoice_number deal_id bet_id lead_id reference reference_id ref_id ext_id rdtk_event_id t202txid xid adv_sub tid postback_id',
  ),
  player_id: names(
    'player_id playerid player user_id userid customer_id customerid profile_id client_reference client_id account_id member_id trader_id',
  ),
  sub1: subNames(1),
  sub2: subNames(2),
  sub3: subNames(3),
  sub4: subNames(4),
  sub5: subNames(5),
  sub6: subNames(6),
  sub7: subNames(7),
  sub8: subNames(8),
  sub9: subNames(9),
  sub10: subNames(10),
  time: names(
    'time timestamp date event_time datetime conversion_time action_timestamp sale_date_unix converted_at occurred_at event_date',
    'conversion_date conversion_timestamp transaction_time transaction_date order_date order_time sale_date action_time action_date',
    'event_timestamp ts unixtime unix_time created_at',
  ),
};

/** Not an event type: it takes back a conversion of any type. */
export const CHARGEBACK = 'chargeback';
export type EventMeaning = EventType | typeof CHARGEBACK;

/** Words for events, in requests and files. They are compared by `wordKey`. */
export const EVENT_WORDS: Readonly<Record<string, EventMeaning>> = meanings({
  registration:
    'registration registrations reg regs register registered signup signups sign_up complete_registration new_registration user_registered registered_user',
  ftd: 'ftd ftds first_dep firstdep first_deposit first_deposits firstdeposit first_time_deposit first_time_depositor new_deposit new_depositor ndc 1st_deposit initial_deposit',
  deposit:
    'deposit deposits dep redep redeposit re_deposit rdep rd repeat_deposit repeated_deposit second_deposit topup top_up',
  qualified: 'qualified qftd cpa baseline cpa_qualification qualified_cpa qualified_ftd qualification',
  revshare: 'revshare rev_share revenue_share partner_income',
  sale: 'sale sales purchase purchases order orders',
  rebill: 'rebill rebills recurring renewal',
  lead: 'lead leads',
  install: 'install installs app_install',
  withdrawal: 'withdrawal withdrawals withdraw cashout cash_out',
  chargeback: 'chargeback chargebacks charge_back refund refunds reversal cb',
});

/** Words for statuses, compared like those for events. */
export const STATUS_WORDS: Readonly<Record<string, ConversionStatus>> = meanings({
  approved:
    'approved approve 1 confirmed confirm accepted accept billed paid ok success successful completed complete validated valid',
  pending:
    'pending 2 5 hold on_hold onhold wait waiting expect in_process open processing in_progress in_review on_review review unconfirmed awaiting',
  rejected:
    'rejected reject 3 -1 declined decline cancel canceled cancelled cancellation fake chargeback refund refunded reversal reversed trash fraud fraudulent invalid failed fail denied spam void voided',
});

/** Words that are events when alone, and statuses when an event comes with them. */
export const STATUS_BESIDE_EVENT: Readonly<Record<string, ConversionStatus>> = meanings({
  approved: 'sale',
  pending: 'lead',
  rejected: 'cb',
});

const PARAM_NAMES: ReadonlySet<string> = new Set(Object.values(ALIASES).flat().map(nameKey));

/** Whether a key of `nameKey` is one of the names above. As a value, such a name is a placeholder. */
export function isParamName(key: string): boolean {
  return PARAM_NAMES.has(key);
}

const keyed = new WeakMap<object, Map<string, string>>();

/** The common meaning of a word. */
export function meaningOfWord<T extends string>(words: Readonly<Record<string, T>>, word: string): T | undefined {
  let byKey = keyed.get(words);
  if (byKey === undefined) {
    byKey = new Map(Object.entries(words).map(([known, meaning]) => [wordKey(known), meaning]));
    keyed.set(words, byKey);
  }
  return byKey.get(wordKey(word)) as T | undefined;
}

function names(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}

function subNames(n: number): string[] {
  return [`sub${n}`, `sub_id${n}`, `sub_id_${n}`, `s${n}`, `aff_sub${n}`];
}

/** Inverts meaning → words to word → meaning. */
function meanings<T extends string>(words: Record<T, string>): Record<string, T> {
  const pairs = (Object.entries(words) as [T, string][]).flatMap(([meaning, list]) =>
    list.split(' ').map((word) => [word, meaning] as const),
  );
  return Object.fromEntries(pairs);
}
