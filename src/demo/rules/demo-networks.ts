import type { ConversionStatus } from '../../platform/vocabulary/conversion-words.js';

export const DEMO_NETWORK_KEYS = ['orchid', 'bluebird', 'meridian', 'tidewater', 'tracker'] as const;
export type DemoNetworkKey = (typeof DEMO_NETWORK_KEYS)[number];

export type DemoEvent = 'registration' | 'ftd' | 'deposit';

/** The content of a network's request. */
export interface DemoReport {
  event: DemoEvent;
  status: ConversionStatus;
  /** `null`: no money. */
  amount: string | null;
  /** `null`: registrations have none. */
  txid: string | null;
}

/** A made-up network with a real preset, and the requests that it sends. */
export interface DemoNetwork {
  name: string;
  preset: string;
  /** Its own mapping, beside that of the preset. */
  mapping?: {
    params?: Record<string, string[]>;
    events?: Record<string, string>;
    statuses?: Record<string, string>;
  };
  windows?: Record<string, number>;
  /** Addresses for documentation (RFC 5737). */
  ip: string;
  userAgent: string;
  /** The query of a report, with the click id where the network sends it. */
  query: (clickId: string, report: DemoReport) => string;
}

/** The parameters with a value, encoded. Macros that were not filled in stay readable, as networks send them. */
function queryOf(parameters: Record<string, string | null>): string {
  return Object.entries(parameters)
    .flatMap(([name, value]) => (value === null ? [] : [`${name}=${encodeURIComponent(value)}`]))
    .join('&')
    .replaceAll('%7B', '{')
    .replaceAll('%7D', '}');
}

const BLUEBIRD_GOALS: Record<DemoEvent, string> = { registration: 'reg1', ftd: 'dep1', deposit: 'redep' };
const BLUEBIRD_STATUSES: Record<ConversionStatus, string> = { pending: 'hold', approved: 'ok', rejected: 'no' };
const TRACKER_STATUSES: Record<ConversionStatus, string> = { pending: 'lead', approved: 'sale', rejected: 'rejected' };

export const DEMO_NETWORKS: Readonly<Record<DemoNetworkKey, DemoNetwork>> = {
  orchid: {
    name: 'Orchid Partners',
    preset: 'affilka',
    ip: '203.0.113.7',
    userAgent: 'Faraday v2.9',
    query: (stag, { event, status, amount, txid }) =>
      queryOf({ stag, event, status, amount, currency: amount && 'EUR', txid }),
  },
  bluebird: {
    name: 'Bluebird Media',
    preset: 'affise',
    mapping: {
      params: {
        click_id: ['clickid'],
        event: ['goal'],
        status: ['st'],
        payout: ['sum'],
        currency: ['cur'],
        txid: ['oid'],
      },
      events: { reg1: 'registration', dep1: 'ftd', redep: 'deposit' },
      statuses: { hold: 'pending', ok: 'approved', no: 'rejected' },
    },
    ip: '203.0.113.40',
    userAgent: 'Go-http-client/2.0',
    query: (clickid, { event, status, amount, txid }) =>
      queryOf({
        clickid,
        goal: BLUEBIRD_GOALS[event],
        st: BLUEBIRD_STATUSES[status],
        sum: amount,
        cur: amount && 'EUR',
        oid: txid,
        v: '3',
      }),
  },
  meridian: {
    name: 'Meridian CPA',
    preset: 'trackier',
    windows: { registration: 30 },
    ip: '198.51.100.21',
    userAgent: 'axios/1.7.2',
    query: (clickId, { event, status, amount, txid }) =>
      queryOf({
        click_id: clickId,
        goal_value: event,
        status,
        txn_amount: amount,
        currency: amount && 'EUR',
        txn_id: txid,
      }),
  },
  tidewater: {
    name: 'Tidewater Affiliates',
    preset: 'cellxpert',
    ip: '198.51.100.90',
    userAgent: 'Mozilla/4.0 (compatible; Win32; WinHttp.WinHttpRequest.5)',
    query: (afp, { event, status, amount, txid }) =>
      queryOf({ afp, event, status, payout: amount, currency: amount && 'EUR', txid }),
  },
  tracker: {
    name: 'Own tracker',
    preset: 'keitaro',
    mapping: { statuses: { ping: 'ignore' } },
    ip: '192.0.2.15',
    userAgent: 'Keitaro/10',
    query: (subid, { event, status, amount, txid }) =>
      queryOf({
        subid,
        status: event === 'registration' ? 'reg' : event === 'deposit' ? 'dep' : TRACKER_STATUSES[status],
        payout: amount,
        currency: amount && 'EUR',
        tid: txid,
      }),
  },
};

/** The request of Bluebird Media since its macro broke: the click id comes in `tid`, which nothing reads. */
export function brokenBluebirdQuery(clickId: string, goal: string, report: DemoReport, at: Date, sub: string): string {
  return queryOf({
    clickid: '{clickid}',
    tid: clickId,
    goal,
    st: BLUEBIRD_STATUSES[report.status],
    sum: report.amount,
    cur: report.amount && 'EUR',
    oid: report.txid,
    aff_sub2: sub,
    ts: String(Math.floor(at.getTime() / 1_000)),
    v: '3',
  });
}
