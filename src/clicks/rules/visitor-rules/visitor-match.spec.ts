import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompiledVisitorRules, type RuleSource } from './compiled-visitor-rules.js';
import {
  addressProblem,
  asnProblem,
  MAX_MATCH_VALUES,
  normalizeMatch,
  userAgentProblem,
  type VisitorMatch,
} from './visitor-match.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 500);
const visitor = { userAgent: 'Mozilla/5.0 AcmeScanner/2', ip: '203.0.113.9', asn: 64_500 };
const rule = (match: VisitorMatch, as: 'bot' | 'person' = 'bot', _id = 'vrl_1'): RuleSource => ({ _id, match, as });
const matches = (match: VisitorMatch, fields: Partial<typeof visitor> = {}): boolean =>
  new CompiledVisitorRules([rule(match)]).decide({ ...visitor, ...fields }) !== undefined;

describe('K12 the match of a visitor rule', () => {
  it.each<[VisitorMatch, boolean]>([
    [{ userAgent: 'acmescanner' }, true],
    [{ userAgent: 'ACMESCANNER/2' }, true],
    [{ userAgent: 'other' }, false],
    [{ userAgent: ['other', 'acme'] }, true],
    [{ userAgent: '(' }, false],
    [{ userAgent: '.*' }, false],
    [{ asn: 64_500 }, true],
    [{ asn: [1, 64_500] }, true],
    [{ asn: 64_501 }, false],
    [{ address: '203.0.113.9' }, true],
    [{ address: '203.0.113.8' }, false],
    [{ address: '203.0.113.0/24' }, true],
    [{ address: '203.0.113.77/24' }, true],
    [{ address: '::ffff:203.0.113.0/120' }, true],
    [{ address: ['2001:db8::/32', '203.0.113.9'] }, true],
    [{ address: '0.0.0.0/0' }, true],
    [{ address: '::/0' }, false],
    [{ userAgent: 'acme', asn: 64_500, address: '203.0.113.9' }, true],
    [{ userAgent: 'acme', asn: 1, address: '203.0.113.9' }, false],
    [{ userAgent: 'acme', address: '198.51.100.0/24' }, false],
  ])('%j: %s', (match, answer) => {
    expect(matches(match)).toBe(answer);
  });

  it('finds IPv6 addresses, and IPv4 ones however they are written', () => {
    expect(matches({ address: '2001:db8::/32' }, { ip: '2001:DB8:1::7' })).toBe(true);
    expect(matches({ address: '2001:db8::/32' }, { ip: '2001:db9::7' })).toBe(false);
    expect(matches({ address: '203.0.113.9' }, { ip: '::ffff:203.0.113.9' })).toBe(true);
  });

  it('matches no address or network that is not known', () => {
    for (const ip of ['', 'x', '203.0.113']) expect(matches({ address: '0.0.0.0/0' }, { ip })).toBe(false);
    expect(new CompiledVisitorRules([rule({ asn: 64_500 })]).decide({ ...visitor, asn: undefined })).toBeUndefined();
  });

  it('looks at as much of a user agent as the spool keeps', () => {
    expect(matches({ userAgent: 'tail' }, { userAgent: `${'x'.repeat(1_020)}tail` })).toBe(true);
    expect(matches({ userAgent: 'tail' }, { userAgent: `${'x'.repeat(1_021)}tail` })).toBe(false);
  });

  it.each([
    [userAgentProblem, ['x', ['a', 'b'], ' a '], ['', ' ', null, 1, [], [''], ['a', 1], 'x'.repeat(201), {}]],
    [
      asnProblem,
      [1, 'AS13335', '13335', [1, 'as2'], 4_294_967_295],
      [0, -1, 1.5, 'ASx', '', null, [], 4_294_967_296, NaN],
    ],
    [
      addressProblem,
      ['203.0.113.9', '203.0.113.0/24', '2001:db8::/32', '::1', ['10.0.0.0/8', '::/0'], '::ffff:1.2.3.4/128'],
      [
        '',
        '1',
        '0x7f.1',
        '010.0.0.1',
        '203.0.113.0/33',
        '::/129',
        '203.0.113.0/',
        '1.2.3.4/8/8',
        'host',
        null,
        [],
        [1],
      ],
    ],
  ] as const)('is read by %o', (problemOf, good, bad) => {
    for (const value of good) expect([value, problemOf(value)]).toEqual([value, undefined]);
    for (const value of bad) expect([value, typeof problemOf(value)]).toEqual([value, 'string']);
    const many = Array.from({ length: MAX_MATCH_VALUES + 1 }, () => good[0]);
    expect(problemOf(many)).toContain(String(MAX_MATCH_VALUES));
    expect(problemOf(many.slice(1))).toBeUndefined();
  });

  it('has numbers of networks as numbers', () => {
    expect(normalizeMatch({ asn: 'AS13335' as never })).toEqual({ asn: 13_335 });
    expect(normalizeMatch({ asn: ['AS1', 2] as never, userAgent: 'x' })).toEqual({ asn: [1, 2], userAgent: 'x' });
  });

  it('takes anything without throwing, and names what is wrong', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const problemOf of [userAgentProblem, asnProblem, addressProblem]) {
          const problem = problemOf(value);
          expect(problem === undefined || problem.length > 10).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('K12 the visitor rules of a workspace', () => {
  it('decide nothing about visits that none matches', () => {
    expect(CompiledVisitorRules.NONE.decide(visitor)).toBeUndefined();
    expect(new CompiledVisitorRules([rule({ asn: 1 })]).decide(visitor)).toBeUndefined();
  });

  it('let a rule that says person go before every rule that says bot, and name the oldest of a kind', () => {
    const rules = [
      rule({ userAgent: 'acme' }, 'bot', 'vrl_2'),
      rule({ asn: 64_500 }, 'bot', 'vrl_1'),
      rule({ address: '203.0.113.9' }, 'person', 'vrl_4'),
      rule({ address: '203.0.113.0/24' }, 'person', 'vrl_3'),
    ];
    const decide = (fields: Partial<typeof visitor>) =>
      new CompiledVisitorRules(rules).decide({ ...visitor, ...fields });
    expect(decide({})).toEqual({ as: 'person', ruleId: 'vrl_3' });
    expect(decide({ ip: '198.51.100.1' })).toEqual({ as: 'bot', ruleId: 'vrl_1' });
    expect(decide({ ip: '198.51.100.1', asn: 1 })).toEqual({ as: 'bot', ruleId: 'vrl_2' });
  });

  it('ask for the network of a visitor only where a rule needs it', () => {
    const never = {
      userAgent: visitor.userAgent,
      ip: visitor.ip,
      get asn(): number {
        throw new Error('asked');
      },
    };
    const rules = new CompiledVisitorRules([rule({ userAgent: 'other', asn: 1 }), rule({ address: '::1', asn: 2 })]);
    expect(rules.needsAsn).toBe(true);
    expect(rules.decide(never)).toBeUndefined();
    expect(new CompiledVisitorRules([rule({ userAgent: 'acme' })]).needsAsn).toBe(false);
  });

  it('decide the same for the same visit, in whatever order they are given', () => {
    const one = fc.record({
      match: fc.oneof(
        fc.record({ userAgent: fc.constantFrom('acme', 'x', ['mozilla', 'y']) }),
        fc.record({ asn: fc.constantFrom(1, 64_500, [1, 64_500]) }),
        fc.record({ address: fc.constantFrom('203.0.113.0/24', '::/0', '203.0.113.9') }),
      ),
      as: fc.constantFrom('bot' as const, 'person' as const),
    });
    const shuffled = fc
      .array(one, { maxLength: 12 })
      .map((rules) => rules.map((fields, i) => ({ _id: `vrl_${String(i).padStart(2, '0')}`, ...fields })))
      .chain((rules) => fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })));
    fc.assert(
      fc.property(shuffled, ([rules, others]) => {
        const decision = new CompiledVisitorRules(rules).decide(visitor);
        expect(new CompiledVisitorRules(others).decide(visitor)).toEqual(decision);
        const matching = rules.filter((fields) => new CompiledVisitorRules([fields]).decide(visitor));
        const isPerson = matching.some(({ as }) => as === 'person');
        expect(decision?.as).toBe(matching.length === 0 ? undefined : isPerson ? 'person' : 'bot');
      }),
      { numRuns: RUNS },
    );
  });
});
