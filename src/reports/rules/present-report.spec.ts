import { describe, expect, it } from 'vitest';
import { METRIC_FORMULAS, METRIC_UNITS } from './metric-formulas.js';
import { ReportPresenter } from './present-report.js';
import { metricValues, noMeasures, subtractMeasures } from './report-answer.js';
import type { MeasureValues, ReportQuestion } from './report-question.js';
import { toPeriod } from './report-period.js';

const unitOf = (metric: string) => METRIC_UNITS.get(metric) ?? 'number';
const asked = (...names: string[]) =>
  names.flatMap((name) => {
    const formula = METRIC_FORMULAS.get(name);
    return formula === undefined ? [] : [{ name, unit: unitOf(name), formula }];
  });

function valueOf(metric: string, measures: MeasureValues): unknown {
  return metricValues({ ...noMeasures(), ...measures }, asked(metric))[metric];
}

const QUESTION: ReportQuestion = {
  workspaceId: 'wsp_1',
  groupBy: ['country', 'day'],
  filters: [],
  under: [],
  period: toPeriod(Date.parse('2026-11-23'), Date.parse('2026-11-24'), 'UTC'),
  timeBy: 'click',
  currency: 'EUR',
  metrics: asked('clicks', 'revenue', 'epc', 'medianTimeToFtd'),
  sort: [],
};

describe('metricValues', () => {
  it.each([
    ['crFtd', { clicks: 3, ftds: 1 }, 33.333333],
    ['crFtd', { clicks: 0, ftds: 0 }, null],
    ['crFtd', { clicks: 0, ftds: 1 }, null],
    ['crFtd', { clicks: 4, botClicks: 4, ftds: 1 }, null],
    ['humanClicks', { clicks: 4, botClicks: 1 }, 3],
    ['roi', { cost: '0.000000', revenue: '5' }, null],
    ['roi', { cost: '4', revenue: '1' }, -75],
    ['profit', { cost: '0.1', revenue: '0.3' }, '0.20'],
    ['revenue', { revenue: '0.100000000001' }, '0.100000000001'],
    ['revenue', { revenue: '-3.500000000000' }, '-3.50'],
    ['epc', { clicks: 3, revenue: '10' }, '3.333333'],
    ['epc', { clicks: 8, revenue: '1' }, '0.125'],
    ['medianTimeToFtd', { medianMsToFtd: 90_500 }, 90.5],
    ['medianTimeToFtd', { medianMsToFtd: null }, null],
  ] as const)('writes %s of %j as %j', (metric, measures, expected) => {
    expect(valueOf(metric, measures)).toBe(expected);
  });
});

describe('subtractMeasures', () => {
  it('is exact, and does not know medians', () => {
    const all = { clicks: 10, revenue: '0.300000000000', medianMsToFtd: 7 };
    const shown = [
      { clicks: 3, revenue: '0.100000000000', medianMsToFtd: 5 },
      { clicks: 2, revenue: '0.100000000000' },
    ];
    expect(subtractMeasures(all, shown)).toEqual({ clicks: 5, revenue: '0.1', medianMsToFtd: null });
  });
});

describe('ReportPresenter', () => {
  const presenter = new ReportPresenter(QUESTION);
  const groups = [
    { keys: ['DE', 20_780], measures: { clicks: 2, botClicks: 0, revenue: '1', medianMsToFtd: 4_000 } },
    { keys: [null, 20_780], measures: { clicks: 1, botClicks: 0, revenue: '2', medianMsToFtd: null } },
  ];

  it('writes rows with their dimensions and amounts with their currency', () => {
    expect(groups.map((group) => presenter.toRow(group))).toEqual([
      {
        country: 'DE',
        day: '2026-11-23',
        clicks: 2,
        revenue: { amount: '1.00', currency: 'EUR' },
        epc: { amount: '0.50', currency: 'EUR' },
        medianTimeToFtd: 4,
      },
      {
        country: null,
        day: '2026-11-23',
        clicks: 1,
        revenue: { amount: '2.00', currency: 'EUR' },
        epc: { amount: '2.00', currency: 'EUR' },
        medianTimeToFtd: null,
      },
    ]);
  });

  it('has others only when groups are not shown, with rates of their own sums', () => {
    const all = { keys: [], measures: { clicks: 5, botClicks: 1, revenue: '4', medianMsToFtd: 2 } };
    expect(presenter.toOthers(all, groups, 2)).toBeUndefined();
    expect(presenter.toOthers(all, groups, 4)).toEqual({
      groups: 2,
      clicks: 2,
      revenue: { amount: '1.00', currency: 'EUR' },
      epc: { amount: '1.00', currency: 'EUR' },
      medianTimeToFtd: null,
    });
  });

  it('has zeros for a compared period without facts', () => {
    const compare = { ...toPeriod(Date.parse('2026-11-22'), Date.parse('2026-11-23'), 'UTC'), shiftDays: 1 };
    const compared = new ReportPresenter({ ...QUESTION, compare });
    expect(compared.toMetrics({ measures: noMeasures() })).toMatchObject({
      clicks: 0,
      compare: { clicks: 0, epc: null },
    });
  });
});
