import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, conditionProblem } from './conditions.js';
import { normalValue } from './value-advice.js';

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 500);

describe('K11 values of rules that can only be wrong', () => {
  it.each<[field: string, value: string, advice: string]>([
    ['country', 'UK', 'write GB'],
    ['country', 'uk', 'write GB'],
    ['country', 'EU', 'AT, BE, BG'],
    ['country', 'USA', 'write US'],
    ['country', 'Germany', 'write DE'],
    ['country', 'united kingdom', 'write GB'],
    ['country', 'England', 'write GB'],
    ['country', 'XX', 'country code of two letters'],
    ['country', 'ZZ', 'country code of two letters'],
    ['country', 'US-CA', 'region'],
    ['country', 'DACH', 'DE, AT, CH'],
    ['country', '', 'country code of two letters'],
    ['country', 'constructor', 'country code of two letters'],
    ['language', 'jp', 'write ja'],
    ['language', 'en_US', 'write en-US'],
    ['language', 'english', 'write en'],
    ['language', 'zh_cn', 'write zh-CN'],
    ['language', 'xx', 'ISO 639'],
    ['device', 'phone', 'write mobile'],
    ['device', 'Smart Phone', 'write mobile'],
    ['device', 'iPad', 'write tablet'],
    ['device', 'pc', 'write desktop'],
    ['device', 'mobil', 'write mobile'],
    ['os', 'iPhone', 'write iOS'],
    ['os', 'mac', 'write macOS'],
    ['os', 'Mac OS', 'write macOS'],
    ['os', 'win', 'write Windows'],
    ['os', 'Andriod', 'write Android'],
    ['os', 'ubuntu', 'write Linux'],
    ['browser', 'chromium', 'write Chrome'],
    ['browser', 'Mobile Safari', 'write Safari'],
    ['browser', 'msie', 'write Internet Explorer'],
    ['browser', 'Crome', 'write Chrome'],
    ['inApp', 'fb', 'write Facebook'],
    ['inApp', 'twitter', 'write X'],
    ['weekday', '0', 'write sun'],
    ['weekday', '8', 'a day such as mon'],
    ['weekday', 'mo', 'write mon'],
    ['weekday', 'tues', 'write tue'],
    ['weekday', 'mon–fri', 'write mon-fri'],
    ['weekday', 'Monday to Friday', 'write mon-fri'],
    ['weekday', 'mon,wed', 'a value of its own'],
    ['weekday', 'weekend', 'write sat-sun'],
    ['hour', '9am-5pm', 'write 9-17'],
    ['hour', '9am', 'write 9'],
    ['hour', '12am', 'write 0'],
    ['hour', '9 – 17', 'write 9-17'],
    ['hour', '09:00', 'write 9'],
    ['hour', '9-12,14-18', 'a value of its own'],
    ['hour', '25', 'an hour'],
    ['hour', '-1', 'an hour'],
    ['date', '23.11.2026', 'write 2026-11-23'],
    ['date', '03.04.2026', 'write the year first'],
    ['date', '12/31/2026', 'write 2026-12-31'],
    ['country', 'U.K.', 'write GB'],
    ['date', '2026/11/23', 'write 2026-11-23'],
    ['date', '20261123', 'write 2026-11-23'],
    ['date', '2026-11-01 - 2026-11-30', 'write 2026-11-01..2026-11-30'],
    ['date', '2026-11-23T10:00', 'write the day (2026-11-23)'],
    ['date', '2026-02-30', '2026-11-23'],
    ['bot', 'yes', 'write true'],
  ])('%s %j: %s', (field, value, advice) => {
    expect(conditionProblem(field, [value])).toContain(advice);
  });

  it.each<[field: string, value: string, stored: string]>([
    ['country', 'gb', 'GB'],
    ['country', 'Unknown', 'unknown'],
    ['language', 'en-US', 'en-US'],
    ['language', 'EN', 'EN'],
    ['language', 'fil', 'fil'],
    ['os', 'IOS', 'iOS'],
    ['browser', 'samsung internet', 'Samsung Internet'],
    ['device', 'Mobile', 'mobile'],
    ['inApp', 'tiktok', 'TikTok'],
    ['city', 'berlin', 'berlin'],
    ['weekday', 'Monday', 'Monday'],
    ['hour', '9:00-17:00', '9:00-17:00'],
  ])('%s %j is taken, and stored as %s', (field, value, stored) => {
    expect(conditionProblem(field, [value])).toBeUndefined();
    expect(normalValue(field, value)).toBe(stored);
    expect(() => compileCondition({ field, op: 'in', values: [stored], timezone: null })).not.toThrow();
  });

  it('all bad values are named', () => {
    const problem = conditionProblem('country', ['DE', 'UK', 'EL', 'XX']);
    expect(problem).toMatch(/"UK".*GB.*"EL".*GR.*"XX"/);
  });

  it('a rule that was stored before stays as it was', () => {
    for (const value of ['UK', 'EU', 'XX']) {
      expect(() => compileCondition({ field: 'country', op: 'in', values: [value], timezone: null })).not.toThrow();
    }
    expect(() => compileCondition({ field: 'language', op: 'in', values: ['jp'], timezone: null })).not.toThrow();
  });

  it('no value throws, and what is written in advice is taken', () => {
    const fields = fc.constantFrom(
      'country',
      'language',
      'device',
      'os',
      'browser',
      'inApp',
      'weekday',
      'hour',
      'date',
      'bot',
    );
    const value = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.stringMatching(/^[0-9]{1,2}([:.][0-9]{2})?(am|pm)?(-[0-9]{1,2}(am|pm)?)?$/),
      fc.stringMatching(/^[a-zA-Z]{2,3}([_-][a-zA-Z]{2})?$/),
      fc.constantFrom('constructor', '__proto__', 'toString', 'mon–fri', 'phone', '2026.01.02-2026.01.03'),
    );
    fc.assert(
      fc.property(fields, value, (field, text) => {
        const problem = conditionProblem(field, [text]);
        const written = /; write ([\w:. -]+)$/.exec(problem ?? '')?.[1];
        if (written !== undefined)
          expect([text, written, conditionProblem(field, [written])]).toEqual([text, written, undefined]);
        if (problem === undefined)
          expect(() =>
            compileCondition({ field, op: 'in', values: [normalValue(field, text)], timezone: null }),
          ).not.toThrow();
      }),
      { numRuns },
    );
  });
});
