import type { CanonicalParam } from '../canonical-params.js';
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
  payout: names('payout revenue sum amount value commission base_commission price sale_amount cash deposit sumdep'),
  currency: names('currency cnv_currency cr order_currency'),
  txid: names(
    'txid tid transaction_id transactionid action_id order_id orderid conversion_id rdtk_event_id xid adv_sub t202txid',
    'postback_id',
  ),
  player_id: names('player_id playerid user_id profile_id customer_id client_reference'),
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
  time: names('time timestamp date event_time datetime conversion_time action_timestamp sale_date_unix'),
};

/** Not an event type: it takes back what was counted, whatever kind that was. */
export const CHARGEBACK = 'chargeback';
export type EventMeaning = EventType | typeof CHARGEBACK;

/** Words for events. Compared without case; a space or a hyphen is as good as an underscore. */
export const EVENT_WORDS: Readonly<Record<string, EventMeaning>> = meanings({
  registration: 'registration registrations reg regs register registered signup signups sign_up complete_registration',
  ftd: 'ftd ftds first_dep firstdep first_deposit first_deposits firstdeposit new_deposit new_depositor ndc',
  deposit: 'deposit deposits dep redep redeposit re_deposit rdep rd repeat_deposit',
  qualified: 'qualified qftd cpa baseline cpa_qualification qualified_cpa qualified_ftd',
  revshare: 'revshare rev_share revenue_share partner_income',
  sale: 'sale sales purchase',
  rebill: 'rebill',
  lead: 'lead leads',
  install: 'install',
  withdrawal: 'withdrawal',
  chargeback: 'chargeback refund reversal cb',
});

/** Words for statuses, compared like those for events. */
export const STATUS_WORDS: Readonly<Record<string, ConversionStatus>> = meanings({
  approved: 'approved approve 1 confirmed confirm accepted accept billed paid',
  pending: 'pending 2 5 hold on_hold wait waiting expect in_process',
  rejected:
    'rejected reject 3 -1 declined decline cancel canceled cancelled fake chargeback refund reversal reversed trash',
});

/** Words that are events by themselves, and only beside an event the status of it. */
export const STATUS_BESIDE_EVENT: Readonly<Record<string, ConversionStatus>> = meanings({
  approved: 'sale',
  pending: 'lead',
  rejected: 'cb',
});

/** What senders put where they know no player, lower case: it must not make one player of all of them. */
export const NO_PLAYER: ReadonlySet<string> = new Set(['0', 'null', 'undefined', 'none', 'nan', '-']);

/** Likewise for transactions; but a `0` may be the first of them. */
export const NO_TXID: ReadonlySet<string> = new Set(['null', 'undefined', 'none', 'nan', '-']);

function names(...lines: string[]): string[] {
  return lines.flatMap((line) => line.split(' '));
}

function subNames(n: number): string[] {
  return [`sub${n}`, `sub_id${n}`, `sub_id_${n}`, `s${n}`, `aff_sub${n}`];
}

/** Meaning → its words, turned round. */
function meanings<T extends string>(words: Record<T, string>): Record<string, T> {
  const pairs = (Object.entries(words) as [T, string][]).flatMap(([meaning, list]) =>
    list.split(' ').map((word) => [word, meaning] as const),
  );
  return Object.fromEntries(pairs);
}
