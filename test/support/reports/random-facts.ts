import fc from 'fast-check';
import { encodeBase62 } from '../../../src/platform/ids/base62.js';
import { startOfDay } from '../../../src/platform/time/time-zone.js';
import type {
  ClickDocument,
  ConversionDocument,
  CostEntryDocument,
  LinkDocument,
} from '../../../src/reports/rules/facts.js';
import { addDays } from './local-time.js';

export interface Documents {
  clicks: ClickDocument[];
  conversions: ConversionDocument[];
  links: LinkDocument[];
  costs: CostEntryDocument[];
}

/** A time zone, and a day near which its clocks do something unusual. */
export interface Era {
  timezone: string;
  day: string;
}

export const ERAS: readonly Era[] = [
  { timezone: 'UTC', day: '2024-02-29' },
  { timezone: 'Europe/Berlin', day: '2026-03-29' },
  { timezone: 'America/New_York', day: '2026-03-08' },
  { timezone: 'America/New_York', day: '2026-11-01' },
  { timezone: 'Asia/Kolkata', day: '2025-12-31' },
  { timezone: 'Asia/Kathmandu', day: '2026-02-28' },
  // Its calendar has no 2011-12-30.
  { timezone: 'Pacific/Apia', day: '2012-01-01' },
  // Its clocks change by half an hour.
  { timezone: 'Australia/Lord_Howe', day: '2026-04-05' },
  { timezone: 'Australia/Lord_Howe', day: '2026-10-04' },
  // Their clocks change at midnight.
  { timezone: 'Africa/Cairo', day: '2026-04-24' },
  { timezone: 'Africa/Cairo', day: '2026-10-30' },
  { timezone: 'America/Sao_Paulo', day: '2018-11-04' },
  { timezone: 'America/Sao_Paulo', day: '2019-02-17' },
  { timezone: 'America/Havana', day: '2026-11-01' },
  // Its clocks change by two hours.
  { timezone: 'Antarctica/Troll', day: '2026-03-29' },
  { timezone: 'Antarctica/Troll', day: '2026-10-25' },
];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Moments near the unusual day and near the days that it may be compared with, many of them at borders of buckets. */
export function moments({ day, timezone }: Era): fc.Arbitrary<Date> {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const ago = fc.constantFrom(0, 0, 0, 0, -1, -2, -7, -30, -364, -365, -366);
  const byQuarter = fc
    .tuple(fc.integer({ min: -3 * 96, max: 3 * 96 }), fc.constantFrom(-1, 0, 0, 1, 7 * 60_000))
    .map(([quarter, ms]) => noon + quarter * 15 * 60_000 + ms);
  const byDay = fc
    .tuple(fc.integer({ min: -3, max: 4 }), fc.constantFrom(-HOUR_MS, -1, 0, 1, HOUR_MS / 2, HOUR_MS, 2 * HOUR_MS))
    .map(([days, ms]) => startOfDay(addDays(day, days), timezone).getTime() + ms);
  return fc.tuple(fc.oneof(byQuarter, byDay), ago).map(([at, days]) => new Date(at + days * DAY_MS));
}

export const WORKSPACES = ['wsp_1', 'wsp_2'] as const;
/** The last one is in no document: it was deleted. */
const LINKS = ['lnk_1', 'lnk_2', 'lnk_3', 'lnk_4', 'lnk_gone'] as const;
const NETWORKS = ['net_1', 'net_2', 'net_gone'] as const;
const TEXTS = [
  'a',
  'A',
  'b, c',
  '\\',
  '"x"',
  "it's",
  '(none)',
  '-x',
  '~x',
  '😀',
  'Äpfel',
  'äpfel',
  '%_',
  'x\\,y',
  '$1',
];
const STATUSES = ['approved', 'approved', 'pending', 'rejected'] as const;
const EVENT_TYPES = ['registration', 'ftd', 'deposit', 'sale', 'qualified', 'chargeback'] as const;
const AMOUNTS = [
  '10',
  '0.1',
  '0.2',
  '-3.5',
  '0.000000000001',
  '123456789.123456789012',
  '33.333333333333',
  '0',
  '-0.05',
];

/** A text of a few, none, or an empty one, which is none too. */
function oneOf(...values: string[]): fc.Arbitrary<string | null | undefined> {
  return fc.constantFrom(...values, ...values, null, undefined, '');
}

function someTexts(from: number): fc.Arbitrary<string | null | undefined> {
  return oneOf(...[0, 1, 2, 3].map((i) => TEXTS[(from + i) % TEXTS.length] as string));
}

const SUBS = Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`sub${i + 1}`, someTexts(i)]));

const subs: fc.Arbitrary<Record<string, string> | null | undefined> = fc.oneof(
  fc.constantFrom(null, undefined),
  fc
    .record(SUBS)
    .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => typeof value === 'string')) as never),
);

const sharedFields = {
  country: oneOf('DE', 'AT', 'de'),
  region: oneOf('Berlin', 'Wien'),
  city: oneOf('Berlin', '-x', 'a, b'),
  asn: fc.constantFrom(3320, 4_200_000_000, 0, null, undefined),
  device: oneOf('mobile', 'desktop'),
  os: oneOf('iOS', 'ios', 'Android'),
  browser: someTexts(1),
  inApp: oneOf('Instagram', '(none)'),
  language: oneOf('de', 'pt-BR'),
  rule: fc.constantFrom('rule 1', 'rule,2', null, undefined),
  variant: oneOf('A', 'B', '~B'),
  subs,
};

const query = fc.array(
  fc.record({ name: fc.constantFrom('source', 'utm_source', 'Source', 'x'), value: fc.constantFrom('fb', 'tt,x', '') }),
  { maxLength: 3 },
);

function clicksOf(era: Era): fc.Arbitrary<ClickDocument[]> {
  const click = fc.record({
    ...sharedFields,
    workspaceId: fc.constantFrom('wsp_1', 'wsp_1', 'wsp_1', 'wsp_2'),
    linkId: fc.constantFrom(...LINKS),
    at: moments(era),
    referrerHost: oneOf('t.co', 'T.co'),
    query: fc.oneof(query, fc.constantFrom(null, undefined)),
    botReason: fc.constantFrom(null, undefined, null, undefined, 'user_agent', 'head', 'visitor_rule'),
    isUnique: fc.constantFrom(true, false, null, undefined),
    isTest: fc.constantFrom(false, false, false, null, undefined, true),
    cost: fc.oneof(
      fc.record({
        amount: fc.constantFrom('0', '0.1', '0.000001', '1.25', '0.000000002'),
        currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
      }),
      fc.constantFrom(null, undefined),
    ),
  });
  return fc
    .array(click, { maxLength: 60, size: 'max' })
    .map((all) => all.map((one, i) => ({ ...one, _id: clickIdAt(one.at, i) })));
}

/** An id in the form of click ids; its signature is not valid. */
export function clickIdAt(at: Date, number: number): string {
  const random = (number * 7_919 + 1) % 62 ** 8;
  return encodeBase62(1, 6) + encodeBase62(at.getTime(), 7) + encodeBase62(random, 8) + '0'.repeat(10);
}

const money = fc.oneof(
  fc.record({ amount: fc.constantFrom(...AMOUNTS), currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD', 'GBP') }),
  fc.constantFrom(null, undefined),
);

function conversionsOf(era: Era): fc.Arbitrary<ConversionDocument[]> {
  const times = fc.oneof(
    { weight: 1, arbitrary: moments(era).map((convertedAt) => ({ clickedAt: null, convertedAt })) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(moments(era), fc.constantFrom(0, 1, 90_500, 5 * HOUR_MS, 3 * DAY_MS, -1, -HOUR_MS))
        .map(([clickedAt, ms]) => ({ clickedAt, convertedAt: new Date(clickedAt.getTime() + ms) })),
    },
  );
  const facts = fc.record({ ...sharedFields, referrer: oneOf('t.co', 'T.co'), source: oneOf('fb', 'tt,x') });
  const conversion = fc.record({
    workspaceId: fc.constantFrom('wsp_1', 'wsp_1', 'wsp_1', 'wsp_2'),
    networkId: fc.constantFrom(...NETWORKS, null, undefined),
    linkId: fc.constantFrom(...LINKS),
    eventType: fc.constantFrom(...EVENT_TYPES),
    status: fc.constantFrom(...STATUSES),
    isFtd: fc.boolean(),
    payout: money,
    revenue: money,
    facts: fc.oneof({ weight: 5, arbitrary: facts }, { weight: 1, arbitrary: fc.constantFrom(null, undefined) }),
    times,
  });
  return fc.array(conversion, { maxLength: 40, size: 'max' }).map((all) =>
    all.map(({ times: { clickedAt, convertedAt }, ...one }, i) => ({
      ...one,
      _id: `cnv_${i}`,
      clickedAt,
      convertedAt,
    })),
  );
}

function linkOf(id: string): fc.Arbitrary<LinkDocument> {
  return fc.record({
    _id: fc.constant(id),
    // A link of another workspace decides nothing.
    workspaceId: fc.constantFrom('wsp_1', 'wsp_1', 'wsp_1', 'wsp_2'),
    hostname: fc.constantFrom('go.example.com', 'Go.example.net'),
    campaign: oneOf('spring, 2026', 'Spring', '(none)'),
    tags: fc.oneof(
      fc.constantFrom(null, undefined),
      fc.array(fc.constantFrom('red', 'Red', '-x', 'a,b'), { maxLength: 4 }),
    ),
    networkId: fc.constantFrom(...NETWORKS, null, undefined),
  });
}

const COST_VALUES = {
  link: fc.constantFrom(...LINKS),
  campaign: fc.constantFrom('spring, 2026', 'Spring', '(none)'),
  source: fc.constantFrom('fb', 'tt,x'),
  sub1: fc.constantFrom(...TEXTS.slice(0, 4)),
  sub2: fc.constantFrom(...TEXTS.slice(1, 5)),
};
const COST_SETS = [[], ['link'], ['campaign'], ['source'], ['sub1'], ['source', 'sub2'], ['link', 'sub1']] as const;

/** Uploaded costs, all by the same dimensions, so that no click has two. */
function costsOf({ day, timezone }: Era): fc.Arbitrary<CostEntryDocument[]> {
  const costs = (dimensions: (typeof COST_SETS)[number]): fc.Arbitrary<CostEntryDocument[]> => {
    const by = Object.fromEntries(dimensions.map((dimension) => [dimension, COST_VALUES[dimension]]));
    const cost = fc.record({
      workspaceId: fc.constantFrom('wsp_1', 'wsp_1', 'wsp_1', 'wsp_2'),
      day: fc.integer({ min: -3, max: 3 }).map((days) => addDays(day, days)),
      by: fc.record(by),
      cost: fc.record({ amount: fc.constantFrom('0', '7', '10.01', '1000000', '0.000001'), currency: currencies }),
    });
    const key = (one: { workspaceId: string; day: string; by: object }): string =>
      `${one.workspaceId} ${one.day} ${JSON.stringify(dimensions.map((dimension) => (one.by as Record<string, unknown>)[dimension]))}`;
    return fc.uniqueArray(cost, { maxLength: 12, selector: key }).map((all) =>
      all.map((one) => ({
        _id: `cst_${key(one)}`,
        workspaceId: one.workspaceId,
        from: startOfDay(one.day, timezone),
        to: startOfDay(addDays(one.day, 1), timezone),
        by: one.by,
        cost: one.cost,
      })),
    );
  };
  return fc.constantFrom(...COST_SETS).chain(costs);
}
const currencies = fc.constantFrom('EUR', 'EUR', 'USD');

/** Documents of two workspaces near an unusual day. */
export function documentsOf(era: Era): fc.Arbitrary<Documents> {
  return fc.record({
    clicks: clicksOf(era),
    conversions: conversionsOf(era),
    links: fc.tuple(...LINKS.slice(0, -1).map(linkOf)),
    costs: costsOf(era),
  });
}
