import { describe, expect, it } from 'vitest';
import { type Restrictions, UNRESTRICTED } from '../../workspaces/caller.js';
import { REPORT_DIMENSIONS } from './dimensions.js';
import { METRIC_FORMULAS } from './metric-formulas.js';
import { DEFAULT_METRICS, METRICS } from './metrics.js';
import { readReportQuestion, type ReportParameters } from './read-report-question.js';

const NOW = Date.parse('2026-11-23T22:30:00Z');

function read(parameters: ReportParameters, timezone = 'UTC', restrictions: Restrictions = UNRESTRICTED) {
  return readReportQuestion(parameters, {
    workspaceId: 'wsp_1',
    timezone,
    currency: 'EUR',
    now: NOW,
    formulas: METRIC_FORMULAS,
    unitOf: () => 'number',
    restrictions,
  });
}

function question(parameters: ReportParameters, timezone?: string) {
  const reading = read(parameters, timezone);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.report.question;
}

function problems(parameters: ReportParameters): [string, string][] {
  const reading = read(parameters);
  return reading.ok ? [] : reading.problems.map(({ path, code }) => [path, code]);
}

describe('readReportQuestion', () => {
  it('takes the last seven days of the workspace and its metrics when nothing is said', () => {
    expect(question({}, 'Asia/Kolkata')).toMatchObject({
      workspaceId: 'wsp_1',
      currency: 'EUR',
      groupBy: [],
      filters: [],
      under: [],
      sort: [],
      timeBy: 'click',
      // It is the 24th in India already.
      period: { from: Date.parse('2026-11-17T18:30:00Z'), to: Date.parse('2026-11-24T18:30:00Z') },
    });
    expect(question({}).metrics.map(({ name }) => name)).toEqual([...DEFAULT_METRICS]);
    expect(question({}).limit).toBeUndefined();
    expect(question({}).compare).toBeUndefined();
  });

  it('begins seven days before the end that is named', () => {
    expect(question({ to: '2026-03-10' }).period).toMatchObject({
      from: Date.parse('2026-03-04'),
      to: Date.parse('2026-03-11'),
    });
  });

  it('sorts by a time, else by the most clicks or the most of the first metric', () => {
    const clicks = METRIC_FORMULAS.get('clicks');
    expect(question({ groupBy: 'day,country' }).sort).toEqual([]);
    expect(question({ groupBy: 'country,day' }).sort).toEqual([{ by: clicks, isDescending: true }]);
    expect(question({ groupBy: 'country', metrics: 'ftds,epc' }).sort).toEqual([
      { by: METRIC_FORMULAS.get('ftds'), isDescending: true },
    ]);
    expect(question({ groupBy: 'country', sort: '-country,roi' }).sort).toEqual([
      { by: 'country', isDescending: true },
      { by: METRIC_FORMULAS.get('roi'), isDescending: false },
    ]);
  });

  it('knows every metric and every dimension', () => {
    for (const { name } of METRICS) expect(question({ metrics: name }).metrics).toHaveLength(1);
    for (const dimension of REPORT_DIMENSIONS) expect(question({ groupBy: dimension }).groupBy).toEqual([dimension]);
  });

  it('names a dimension or a metric once, however often it is sent', () => {
    const { groupBy, metrics } = question({ groupBy: ' country, day ,country', metrics: 'clicks,clicks' });
    expect(groupBy).toEqual(['country', 'day']);
    expect(metrics).toHaveLength(1);
  });

  it('reads the node of a drill-down', () => {
    expect(
      question({ under: String.raw`country:DE,sub1:a\,b,asn:3320,campaign:(none),day:1970-01-03,sub2:a:b` }).under,
    ).toEqual([
      { dimension: 'country', value: 'DE' },
      { dimension: 'sub1', value: 'a,b' },
      { dimension: 'asn', value: 3_320 },
      { dimension: 'campaign', value: null },
      { dimension: 'day', value: 2 },
      { dimension: 'sub2', value: 'a:b' },
    ]);
  });

  it('reads comparisons', () => {
    const range = { from: '2026-11-22', to: '2026-11-23' };
    expect(question({ ...range, compare: 'none' }).compare).toBeUndefined();
    expect(question({ ...range, compare: 'previous' }).compare).toMatchObject({
      from: Date.parse('2026-11-20'),
      shiftDays: 2,
    });
    expect(question({ ...range, compare: 'previous', matchWeekday: 'true' }).compare).toMatchObject({ shiftDays: 7 });
    expect(question({ ...range, compare: '2026-10-01..2026-10-31' }).compare).toMatchObject({
      from: Date.parse('2026-10-01'),
      to: Date.parse('2026-11-01'),
      shiftDays: 52,
    });
  });

  it.each<[ReportParameters, [string, string][]]>([
    [{ groupBy: 'colour' }, [['groupBy', 'unknown_dimension']]],
    [{ groupBy: 'day,link,tag,country' }, [['groupBy', 'too_many']]],
    [{ metrics: 'clicks,gain' }, [['metrics', 'unknown_metric']]],
    [{ metrics: ',' }, [['metrics', 'empty']]],
    [{ sort: '-gain' }, [['sort', 'unknown_metric']]],
    [{ sort: 'country' }, [['sort', 'not_grouped']]],
    [{ sort: 'clicks,ftds,epc,roi,cost,profit' }, [['sort', 'too_many']]],
    [{ timezone: 'berlin' }, [['timezone', 'unknown_timezone']]],
    [{ timezone: 'Mars/Olympus' }, [['timezone', 'unknown_timezone']]],
    [{ from: '2026-11-24', to: '2026-11-23' }, [['to', 'from_after_to']]],
    [{ from: '2026-11-25', to: '2026-11-23' }, [['to', 'from_after_to']]],
    [{ compare: 'yesterday' }, [['compare', 'invalid']]],
    [{ compare: '2026-10-31..2026-10-01' }, [['compare', 'invalid']]],
    [{ compare: '..2026-10-01' }, [['compare', 'invalid']]],
    [{ under: 'DE' }, [['under', 'invalid']]],
    [{ under: 'country:DE\\,AT,country:-DE' }, [['under', 'invalid']]],
    [{ under: 'country:~D' }, [['under', 'invalid']]],
    [{ under: 'colour:red' }, [['under', 'unknown_dimension']]],
    [{ asn: 'x' }, [['asn', 'invalid_value']]],
    [{ link: '~x' }, [['link', 'not_text']]],
    [
      { groupBy: 'colour', metrics: 'gain', asn: 'x', compare: 'y', timezone: 'z' },
      [
        ['timezone', 'unknown_timezone'],
        ['groupBy', 'unknown_dimension'],
        ['metrics', 'unknown_metric'],
        ['asn', 'invalid_value'],
        ['compare', 'invalid'],
      ],
    ],
  ])('refuses %j', (parameters, expected) => {
    expect(problems(parameters)).toEqual(expected);
  });

  it('lists what there is when a name is unknown', () => {
    const reading = read({ groupBy: 'colour', metrics: 'gain' });
    const messages = reading.ok ? [] : reading.problems.map(({ message }) => message);
    for (const dimension of REPORT_DIMENSIONS) expect(messages[0]).toContain(dimension);
    for (const { name } of METRICS) expect(messages[1]).toContain(name);
  });
});

describe('readReportQuestion where money is hidden', () => {
  const HIDDEN: Restrictions = { ...UNRESTRICTED, hidesMoney: true };
  const MONEY = ['cost', 'revenue', 'payout', 'profit', 'roi', 'roiExpected', 'epc', 'cpa', 'valuePerPlayer'];

  it('leaves metrics that follow from amounts out of those it takes by default', () => {
    const reading = read({}, 'UTC', HIDDEN);
    const names = reading.ok ? reading.report.question.metrics.map(({ name }) => name) : [];
    expect(names).toEqual(DEFAULT_METRICS.filter((name) => names.includes(name)));
    expect(names).toContain('crFtd');
    for (const name of MONEY) expect(names).not.toContain(name);
    expect(reading).toMatchObject({ report: { question: { hidesMoney: true } } });
  });

  it.each(MONEY)('refuses %s, also to sort by', (name) => {
    for (const parameters of [{ metrics: name }, { groupBy: 'link', sort: `-${name}` }]) {
      expect(read(parameters, 'UTC', HIDDEN)).toMatchObject({ ok: false, problems: [{ code: 'money_hidden' }] });
      expect(read(parameters).ok).toBe(true);
    }
  });
});
