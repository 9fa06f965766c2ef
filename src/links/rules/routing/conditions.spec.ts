import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileCondition, conditionProblem } from './conditions.js';
import { localTime } from './local-time.js';
import type { VisitFacts } from './visit-facts.js';

const AT = Date.parse('2026-11-23T16:30:00Z'); // a Monday

const visitor = (facts: Partial<VisitFacts> & { params?: Record<string, string[]>; at?: number } = {}): VisitFacts => ({
  country: 'DE',
  region: 'Berlin',
  city: 'Berlin',
  asn: 3320,
  device: 'mobile',
  os: 'iOS',
  browser: 'Safari',
  inApp: undefined,
  languages: ['de-ch', 'fr'],
  referrerHost: 'm.facebook.com',
  ip: '203.0.113.7',
  isBot: false,
  isReturning: false,
  previousVariant: undefined,
  identity: '',
  query: (name) => facts.params?.[name] ?? [],
  localTime: (timezone) => localTime(facts.at ?? AT, timezone),
  ...facts,
});

const holds = (field: string, values: string[], facts: Parameters<typeof visitor>[0] = {}, timezone = 'UTC'): boolean =>
  compileCondition({ field, op: 'in', values, timezone })(visitor(facts));

describe('a condition', () => {
  it.each<[string, string[], boolean, Parameters<typeof visitor>[0]?]>([
    ['country', ['at', 'de'], true],
    ['country', ['US'], false],
    ['country', ['unknown'], true, { country: undefined }],
    ['country', ['DE'], false, { country: undefined }],
    ['region', ['berlin'], true],
    ['region', ['DE-Berlin'], true],
    ['region', ['AT-Berlin'], false],
    ['city', ['München', 'Berlin'], true],
    ['language', ['de'], true],
    ['language', ['de-CH'], true],
    ['language', ['de-AT'], false],
    ['language', ['fr'], false],
    ['language', ['unknown'], true, { languages: [] }],
    ['device', ['mobile', 'tablet'], true],
    ['device', ['desktop'], false],
    ['os', ['ios'], true],
    ['browser', ['Chrome'], false],
    ['inApp', ['Instagram'], true, { inApp: 'Instagram' }],
    ['inApp', ['*'], true, { inApp: 'X' }],
    ['inApp', ['*'], false],
    ['inApp', ['unknown'], true],
    ['referrer', ['facebook.com'], true],
    ['referrer', ['book.com'], false],
    ['referrer', ['www.facebook.com'], true],
    ['referrer', ['Müller.example'], true, { referrerHost: 'www.xn--mller-kva.example' }],
    ['referrer', ['direct'], false],
    ['referrer', ['direct'], true, { referrerHost: undefined }],
    ['ip', ['203.0.113.7'], true],
    ['ip', ['203.0.113.0/24'], true],
    ['ip', ['203.0.114.0/24', '10.0.0.0/8'], false],
    ['ip', ['::ffff:203.0.113.0/120'], true],
    ['ip', ['203.0.113.0/24'], true, { ip: '::ffff:203.0.113.9' }],
    ['ip', ['2001:db8::/32'], true, { ip: '2001:db8:1::1' }],
    ['ip', ['2001:db8::/32'], false],
    ['ip', ['0.0.0.0/0'], false, { ip: '' }],
    ['asn', ['AS3320'], true],
    ['asn', ['3320', '1'], true],
    ['asn', ['332'], false],
    ['visitor', ['new'], true],
    ['visitor', ['returning'], true, { isReturning: true }],
    ['bot', ['true'], false],
    ['bot', ['false'], true],
    ['query:utm_source', ['fb'], true, { params: { utm_source: ['fb'] } }],
    ['query:utm_source', ['FB'], false, { params: { utm_source: ['fb'] } }],
    ['query:utm_source', ['fb'], true, { params: { utm_source: ['x', 'fb'] } }],
    ['query:utm_source', ['*'], true, { params: { utm_source: ['x'] } }],
    ['query:utm_source', ['*'], false, { params: { utm_source: [''] } }],
    ['query:utm_source', ['unknown'], true],
    ['sub3', ['a'], true, { params: { sub3: ['a'] } }],
    ['sub10', ['a'], false],
  ])('%s in %j is %s', (field, values, expected, facts) => {
    expect(holds(field, values, facts)).toBe(expected);
    expect(compileCondition({ field, op: 'notIn', values, timezone: null })(visitor(facts))).toBe(!expected);
  });

  it.each<[string, string[], string, string, boolean]>([
    ['weekday', ['mon'], 'UTC', '2026-11-23T16:30:00Z', true],
    ['weekday', ['Monday'], 'UTC', '2026-11-23T16:30:00Z', true],
    ['weekday', ['2-5'], 'UTC', '2026-11-23T16:30:00Z', false],
    ['weekday', ['fri-mon'], 'UTC', '2026-11-23T16:30:00Z', true],
    ['weekday', ['mon'], 'Pacific/Auckland', '2026-11-23T16:30:00Z', false],
    ['hour', ['16'], 'UTC', '2026-11-23T16:30:00Z', true],
    ['hour', ['17'], 'Europe/Berlin', '2026-11-23T16:30:00Z', true],
    ['hour', ['9-17'], 'Europe/Berlin', '2026-11-23T16:00:00Z', false],
    ['hour', ['9-17'], 'Europe/Berlin', '2026-11-23T15:59:00Z', true],
    ['hour', ['22:30-6'], 'UTC', '2026-11-23T22:29:00Z', false],
    ['hour', ['22:30-6'], 'UTC', '2026-11-23T22:30:00Z', true],
    ['hour', ['22:30-6'], 'UTC', '2026-11-23T05:59:00Z', true],
    ['hour', ['9-24'], 'UTC', '2026-11-23T23:59:00Z', true],
    ['hour', ['17'], 'Asia/Kathmandu', '2026-11-23T11:20:00Z', true],
    ['date', ['2026-11-23'], 'UTC', '2026-11-23T00:00:00Z', true],
    ['date', ['2026-11-23'], 'America/New_York', '2026-11-23T04:59:00Z', false],
    ['date', ['2026-11-01..2026-11-23'], 'UTC', '2026-11-23T23:59:59Z', true],
    ['date', ['2026-11-24..'], 'UTC', '2026-11-23T23:59:59Z', false],
    ['date', ['..2026-11-22', '2026-12-24'], 'UTC', '2026-12-24T12:00:00Z', true],
    // Clocks go forward at 2:00 on 29 March 2026 in Berlin: an hour that does not exist there.
    ['hour', ['3'], 'Europe/Berlin', '2026-03-29T01:00:00Z', true],
    ['hour', ['2'], 'Europe/Berlin', '2026-03-29T01:00:00Z', false],
  ])('%s in %j, in %s at %s, is %s', (field, values, timezone, at, expected) => {
    expect(holds(field, values, { at: Date.parse(at) }, timezone)).toBe(expected);
  });

  it.each<[string, string[], string]>([
    ['nonsense', ['x'], 'there is no field'],
    ['__proto__', ['x'], 'there is no field'],
    ['constructor', ['x'], 'there is no field'],
    ['sub11', ['x'], 'there is no field'],
    ['query:', ['x'], 'there is no field'],
    ['country', ['Germany'], 'country code'],
    ['country', ['DE', 'D'], '"D"'],
    ['language', ['deutsch!'], 'language'],
    ['device', ['phone'], 'mobile'],
    ['os', ['Mac'], 'macOS'],
    ['ip', ['300.1.1.1'], 'address'],
    ['ip', ['0177.0.0.1'], 'address'],
    ['ip', ['10.0.0.0/33'], 'address'],
    ['ip', ['10.0.0.0/8/8'], 'address'],
    ['ip', ['::1/129'], 'address'],
    ['asn', ['Telekom'], 'AS13335'],
    ['weekday', ['someday'], 'mon'],
    ['weekday', ['mon-'], 'mon'],
    ['hour', ['25'], '9-17'],
    ['hour', ['24'], 'write 0'],
    ['hour', ['9-9'], 'write 0-24'],
    ['hour', ['9:30'], '9:30-10:30'],
    ['date', ['2026-02-30'], '2026-11-23'],
    ['date', ['2026-12-01..2026-11-01'], 'write 2026-11-01..2026-12-01'],
    ['date', ['..'], '2026-11-23'],
    ['visitor', ['old'], 'returning'],
    ['bot', ['yes'], 'true'],
    ['referrer', ['https://facebook.com/x'], 'facebook.com'],
  ])('on %s with %j is refused: %s', (field, values, message) => {
    expect(conditionProblem(field, values)).toContain(message);
    expect(() => compileCondition({ field, op: 'in', values, timezone: null })).toThrow(field);
  });

  it('is either refused when it comes in, or can be decided for every visitor', () => {
    const fields = ['country', 'language', 'ip', 'asn', 'hour', 'weekday', 'date', 'referrer', 'query:x', 'os'];
    const text = fc.oneof(fc.string(), fc.ipV4(), fc.constantFrom('9-17', 'mon', 'DE', '*', 'unknown', '..', '1/2'));
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.array(text, { minLength: 1, maxLength: 3 }), (field, values) => {
        if (conditionProblem(field, values) !== undefined) return;
        for (const facts of [{}, { country: undefined, asn: undefined, languages: [], ip: 'x', os: undefined }]) {
          expect(typeof holds(field, values, facts)).toBe('boolean');
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
