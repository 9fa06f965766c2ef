import { Big } from 'big.js';
import type { ClickDocument, ConversionDocument } from '../../../src/reports/rules/facts.js';

// Every metric, written out by hand over documents, so that no formula, measure or SQL of the source is trusted.

/** Documents of one group. A document of several tags may be there several times. */
export interface Documents {
  /** With the cost that counts; see recount-costs.ts. */
  clicks: readonly ClickDocument[];
  conversions: readonly ConversionDocument[];
}

interface CountedMetric {
  unit: 'count' | 'money' | 'percent' | 'seconds';
  of: (documents: Documents, currency: string) => Big | null;
  /** Whether it is not known of groups that are only known by the sums of all groups. */
  isMedian?: boolean;
  readsClicks: boolean;
  readsConversions: boolean;
}

const clicks = ({ clicks: all }: Documents): Big => new Big(all.length);
const bots = ({ clicks: all }: Documents): Big => new Big(all.filter(isBot).length);
const humans = ({ clicks: all }: Documents): Big => new Big(all.filter((click) => !isBot(click)).length);
const uniques = ({ clicks: all }: Documents): Big => new Big(all.filter((click) => click.isUnique === true).length);
const cost = ({ clicks: all }: Documents, currency: string): Big => {
  let sum = new Big(0);
  for (const click of all) if (click.cost?.currency === currency) sum = sum.plus(click.cost.amount);
  return sum;
};

const isBot = ({ botReason }: ClickDocument): boolean => typeof botReason === 'string';
const isCounted = ({ status }: ConversionDocument): boolean => status !== 'rejected';
const isRegistration = (one: ConversionDocument): boolean => one.eventType === 'registration' && isCounted(one);
const isDeposit = (one: ConversionDocument): boolean => one.eventType === 'deposit' && isCounted(one);
const isFirstDeposit = (one: ConversionDocument): boolean => one.isFtd && isCounted(one);

const number =
  (isOne: (one: ConversionDocument) => boolean) =>
  ({ conversions }: Documents): Big =>
    new Big(conversions.filter(isOne).length);
const registrations = number(isRegistration);
const ftds = number(isFirstDeposit);
const conversions = number(() => true);
const approved = number(({ status }) => status === 'approved');
const rejected = number(({ status }) => status === 'rejected');

const revenueWith =
  (status: string) =>
  ({ conversions: all }: Documents, currency: string): Big => {
    let sum = new Big(0);
    for (const one of all) {
      if (one.status === status && one.revenue?.currency === currency) sum = sum.plus(one.revenue.amount);
    }
    return sum;
  };
const confirmed = revenueWith('approved');
const undecided = revenueWith('pending');
const refused = revenueWith('rejected');

function medianOf(isOne: (one: ConversionDocument) => boolean) {
  return ({ conversions: all }: Documents): Big | null => {
    const times = all
      .filter(isOne)
      .flatMap(({ clickedAt, convertedAt }) =>
        clickedAt && convertedAt >= clickedAt ? [convertedAt.getTime() - clickedAt.getTime()] : [],
      )
      .sort((a, b) => a - b);
    if (times.length === 0) return null;
    const [low, high] = [times[Math.ceil(times.length / 2) - 1], times[Math.floor(times.length / 2)]];
    return new Big(low ?? 0).plus(high ?? 0).div(2_000);
  };
}

type Value = CountedMetric['of'];

const ratio = (above: Value, below: Value, times = 1): Value => {
  return (documents, currency) => {
    const [a, b] = [above(documents, currency), below(documents, currency)];
    return a === null || b === null || b.eq(0) ? null : a.div(b).times(times);
  };
};
const percent = (above: Value, below: Value): Value => ratio(above, below, 100);
const plus = (a: Value, b: Value): Value => combine(a, b, (x, y) => x.plus(y));
const minus = (a: Value, b: Value): Value => combine(a, b, (x, y) => x.minus(y));

function combine(a: Value, b: Value, of: (x: Big, y: Big) => Big): Value {
  return (documents, currency) => of(a(documents, currency) ?? new Big(0), b(documents, currency) ?? new Big(0));
}

const ofClicks = (unit: CountedMetric['unit'], of: Value): CountedMetric => ({
  unit,
  of,
  readsClicks: true,
  readsConversions: false,
});
const ofConversions = (unit: CountedMetric['unit'], of: Value): CountedMetric => ({
  unit,
  of,
  readsClicks: false,
  readsConversions: true,
});
const ofBoth = (unit: CountedMetric['unit'], of: Value): CountedMetric => ({
  unit,
  of,
  readsClicks: true,
  readsConversions: true,
});

export const COUNTED_METRICS: Readonly<Record<string, CountedMetric>> = {
  clicks: ofClicks('count', clicks),
  humanClicks: ofClicks('count', humans),
  uniqueClicks: ofClicks('count', uniques),
  botClicks: ofClicks('count', bots),
  botPercent: ofClicks('percent', percent(bots, clicks)),
  uniquePercent: ofClicks('percent', percent(uniques, humans)),
  registrations: ofConversions('count', registrations),
  ftds: ofConversions('count', ftds),
  deposits: ofConversions('count', number(isDeposit)),
  qualified: ofConversions(
    'count',
    number((one) => one.eventType === 'qualified' && isCounted(one)),
  ),
  conversions: ofConversions('count', conversions),
  approved: ofConversions('count', approved),
  pending: ofConversions(
    'count',
    number(({ status }) => status === 'pending'),
  ),
  rejected: ofConversions('count', rejected),
  crRegistration: ofBoth('percent', percent(registrations, humans)),
  crFtd: ofBoth('percent', percent(ftds, humans)),
  regToFtd: ofConversions('percent', percent(ftds, registrations)),
  approvalRate: ofConversions('percent', percent(approved, conversions)),
  rejectionRate: ofConversions('percent', percent(rejected, conversions)),
  payout: ofConversions('money', confirmed),
  revenue: ofConversions('money', confirmed),
  revenuePending: ofConversions('money', undecided),
  revenueExpected: ofConversions('money', plus(confirmed, undecided)),
  revenueRejected: ofConversions('money', refused),
  cost: ofClicks('money', cost),
  profit: ofBoth('money', minus(confirmed, cost)),
  profitExpected: ofBoth('money', minus(plus(confirmed, undecided), cost)),
  profitRejected: ofBoth('money', minus(refused, cost)),
  roi: ofBoth('percent', percent(minus(confirmed, cost), cost)),
  roiExpected: ofBoth('percent', percent(minus(plus(confirmed, undecided), cost), cost)),
  roiRejected: ofBoth('percent', percent(minus(refused, cost), cost)),
  epc: ofBoth('money', ratio(confirmed, humans)),
  epcExpected: ofBoth('money', ratio(plus(confirmed, undecided), humans)),
  uEpc: ofBoth('money', ratio(confirmed, uniques)),
  cpc: ofClicks('money', ratio(cost, humans)),
  cpr: ofBoth('money', ratio(cost, registrations)),
  cpFtd: ofBoth('money', ratio(cost, ftds)),
  cpa: ofBoth('money', ratio(cost, approved)),
  valuePerPlayer: ofConversions('money', ratio(confirmed, ftds)),
  medianTimeToRegistration: { ...ofConversions('seconds', medianOf(isRegistration)), isMedian: true },
  medianTimeToFtd: { ...ofConversions('seconds', medianOf(isFirstDeposit)), isMedian: true },
};

/** The value as answers show it. */
export function shownMetric(name: string, value: Big | null, currency: string): unknown {
  if (value === null) return null;
  const unit = COUNTED_METRICS[name]?.unit;
  if (unit !== 'money') return Number(value.round(6, Big.roundHalfUp).toFixed()) + 0;
  return { amount: shownAmount(value), currency };
}

/** At most twelve decimals as they are, longer ones rounded to six; at least two. */
export function shownAmount(value: Big): string {
  const isShort = value.round(12, Big.roundDown).eq(value);
  const [whole = '0', decimals = ''] = (isShort ? value : value.round(6, Big.roundHalfUp)).toFixed().split('.');
  const text = `${whole}.${decimals.padEnd(2, '0')}`;
  return /[1-9]/.test(text) ? text : text.replace('-', '');
}
