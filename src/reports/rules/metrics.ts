/** How a metric is written: a whole number, an amount of money, a percentage, seconds, or any number. */
export const METRIC_UNIT_NAMES = ['count', 'money', 'percent', 'seconds', 'number'] as const;
export type MetricUnit = (typeof METRIC_UNIT_NAMES)[number];

export interface MetricDefinition {
  name: string;
  unit: MetricUnit;
  /** Over measures and other metrics. A measure is its own formula. */
  formula: string;
  /** For people, in one sentence. */
  description: string;
}

function metric(name: string, unit: MetricUnit, formula: string, description: string): MetricDefinition {
  return { name, unit, formula, description };
}

/** All metrics, in the order of the documentation. docs/reports.md explains them. */
export const METRICS: readonly MetricDefinition[] = [
  metric('clicks', 'count', 'clicks', 'All answered redirects, also those of bots.'),
  metric('humanClicks', 'count', 'clicks - botClicks', 'Clicks of people.'),
  metric('uniqueClicks', 'count', 'uniqueClicks', 'First human click of a visitor on a link and a day (UTC).'),
  metric('botClicks', 'count', 'botClicks', 'Clicks of bots, prefetches and HEAD requests.'),
  metric('botPercent', 'percent', 'botClicks / clicks * 100', 'Share of the clicks that are not of people.'),
  metric('uniquePercent', 'percent', 'uniqueClicks / humanClicks * 100', 'Share of the human clicks that are unique.'),
  metric('registrations', 'count', 'registrations', 'Registrations that are not rejected.'),
  metric('ftds', 'count', 'ftds', 'First deposits that are not rejected.'),
  metric('deposits', 'count', 'deposits', 'Deposits that are not rejected.'),
  metric('qualified', 'count', 'qualified', 'Qualified players that are not rejected.'),
  metric('conversions', 'count', 'conversions', 'Conversions of any type and status.'),
  metric('approved', 'count', 'approved', 'Conversions that the network approved.'),
  metric('pending', 'count', 'pending', 'Conversions that are not decided yet.'),
  metric('rejected', 'count', 'rejected', 'Conversions that the network rejected.'),
  metric('crRegistration', 'percent', 'registrations / humanClicks * 100', 'Human clicks that led to a registration.'),
  metric('crFtd', 'percent', 'ftds / humanClicks * 100', 'Human clicks that led to a first deposit.'),
  metric('regToFtd', 'percent', 'ftds / registrations * 100', 'Registrations that led to a first deposit.'),
  metric('approvalRate', 'percent', 'approved / conversions * 100', 'Share of the conversions that are approved.'),
  metric('rejectionRate', 'percent', 'rejected / conversions * 100', 'Share of the conversions that are rejected.'),
  metric('payout', 'money', 'revenue', "Payouts of approved conversions in the workspace's currency."),
  metric('revenue', 'money', 'revenue', 'Confirmed revenue: that of approved conversions.'),
  metric('revenuePending', 'money', 'revenuePending', 'Revenue of conversions that are not decided yet.'),
  metric('revenueExpected', 'money', 'revenue + revenuePending', 'Confirmed revenue plus that of pending conversions.'),
  metric('revenueRejected', 'money', 'revenueRejected', 'Revenue of rejected conversions.'),
  metric('cost', 'money', 'cost', 'Cost of the clicks.'),
  metric('profit', 'money', 'revenue - cost', 'Confirmed revenue minus cost.'),
  metric('profitExpected', 'money', 'revenueExpected - cost', 'Expected revenue minus cost.'),
  metric('profitRejected', 'money', 'revenueRejected - cost', 'Rejected revenue minus cost.'),
  metric('roi', 'percent', 'profit / cost * 100', 'Profit in percent of the cost.'),
  metric('roiExpected', 'percent', 'profitExpected / cost * 100', 'Expected profit in percent of cost.'),
  metric('roiRejected', 'percent', 'profitRejected / cost * 100', 'Rejected revenue minus cost, in percent of it.'),
  metric('epc', 'money', 'revenue / humanClicks', 'Confirmed revenue per human click.'),
  metric('epcExpected', 'money', 'revenueExpected / humanClicks', 'Expected revenue per human click.'),
  metric('uEpc', 'money', 'revenue / uniqueClicks', 'Confirmed revenue per unique click.'),
  metric('cpc', 'money', 'cost / humanClicks', 'Cost per human click.'),
  metric('cpr', 'money', 'cost / registrations', 'Cost per registration.'),
  metric('cpFtd', 'money', 'cost / ftds', 'Cost per first deposit.'),
  metric('cpa', 'money', 'cost / approved', 'Cost per approved conversion.'),
  metric('valuePerPlayer', 'money', 'revenue / ftds', 'Confirmed revenue per player with a first deposit.'),
  metric(
    'medianTimeToRegistration',
    'seconds',
    'medianMsToRegistration / 1000',
    'Median time from the click to the registration.',
  ),
  metric('medianTimeToFtd', 'seconds', 'medianMsToFtd / 1000', 'Median time from the click to the first deposit.'),
];

/** The metrics of an answer to a question that names none. */
export const DEFAULT_METRICS = [
  'clicks',
  'humanClicks',
  'uniqueClicks',
  'botClicks',
  'registrations',
  'ftds',
  'deposits',
  'approved',
  'pending',
  'rejected',
  'payout',
  'revenue',
  'cost',
  'profit',
  'epc',
  'roi',
  'crRegistration',
  'crFtd',
  'regToFtd',
] as const;
