import { describe, expect, it } from 'vitest';
import { type CostsReading, MAX_COSTS, readCostList, readCostsCsv } from './costs-csv.js';

const DEFAULTS = { timezone: 'Europe/Berlin', currency: 'EUR', now: Date.parse('2026-11-23T12:00:00Z') };

function finish(steps: Generator<void, CostsReading>): CostsReading {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const read = (csv: string): CostsReading => finish(readCostsCsv(Buffer.from(csv), DEFAULTS));
const problems = (csv: string) => {
  const reading = read(csv);
  return reading.ok ? [] : reading.problems.map(({ path, code }) => `${path} ${code}`);
};

describe('a file of costs', () => {
  it('may have its columns in any order, with any separator, and empty cells', () => {
    expect(read('\ufeffamount;source;day;sub1;Currency\n10.5; ads ;2026-11-20;;USD\r\n\r\n3;;2026-11-21;z;\n')).toEqual(
      {
        ok: true,
        costs: [
          {
            path: 'line 2',
            day: '2026-11-20',
            timezone: 'Europe/Berlin',
            by: { source: 'ads' },
            money: { amount: '10.5', currency: 'USD' },
          },
          {
            path: 'line 4',
            day: '2026-11-21',
            timezone: 'Europe/Berlin',
            by: { sub1: 'z' },
            money: { amount: '3', currency: 'EUR' },
          },
        ],
      },
    );
  });

  it.each([
    ['', 'line 1 no_costs'],
    ['day,amount\n', 'line 1 no_costs'],
    ['day,amount,country\n2026-11-20,1,DE\n', 'line 1 header'],
    ['day,day,amount\n', 'line 1 header'],
    ['source,amount\nads,1\n', 'line 1 header'],
    ['day,amount\n2026-11-20,1,5\n', 'line 2 surplus_cells'],
    ['day,amount\n20.11.2026,1\n', 'line 2.day is_day'],
    ['day,amount\n2026-11-25,1\n', 'line 2.day future_day'],
    ['day,amount\n2026-11-20,\n', 'line 2.amount amount'],
    ['day,amount\n2026-11-20,1.0000001\n', 'line 2.amount amount'],
    ['day,amount,timezone\n2026-11-20,1,berlin\n', 'line 2.timezone timezone'],
    ['day,amount\n"2026-11-20,1\n', 'line 2 unclosed_quote'],
  ])('%j has the problem %s', (csv, problem) => {
    expect(problems(csv)).toContain(problem);
  });

  it('may be for tomorrow: a day begins earlier elsewhere', () => {
    expect(problems('day,amount\n2026-11-24,1\n')).toEqual([]);
  });

  it('reports a hundred problems at most, and reads no more costs than allowed', () => {
    expect(problems(`day,amount\n${'x,1\n'.repeat(500)}`)).toHaveLength(100);
    const tooMany = Array.from({ length: MAX_COSTS + 1 }, (_, i) => `2026-11-20,s${i},1\n`).join('');
    expect(problems(`day,source,amount\n${tooMany}`)).toEqual(['line 1 too_many_lines']);
  });
});

describe('a list of costs', () => {
  it('is read with the place of each', () => {
    const list = [{ day: '2026-11-20', amount: '1' }, { day: '2026-11-20', amount: '1', bad: 'x' }, null];
    const reading = finish(readCostList(list, DEFAULTS));
    expect(reading.ok ? [] : reading.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'costs.1.bad unknown_field',
      'costs.2 nested_validation',
    ]);
  });
});
