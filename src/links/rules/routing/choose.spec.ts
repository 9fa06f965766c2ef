import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trustedWorkspaceId } from '../../../platform/tenancy/workspace-id.js';
import { CompiledLink } from '../compiled-link.js';
import type { RoutingOptions } from '../routing-options.js';
import { choose, type RoutingState } from './choose.js';
import { localTime } from './local-time.js';
import { type Condition, DEFAULT_ROTATION, type Rule, type Variant } from './rule.js';
import type { VisitFacts } from './visit-facts.js';

const variant = (name: string, weight = 1, dailyCap: Variant['dailyCap'] = null): Variant => ({
  name,
  weight,
  dailyCap,
  url: `https://${name.toLowerCase()}.example/`,
});
const inCountry = (...values: string[]): Condition => ({ field: 'country', op: 'in', values, timezone: null });
const rule = (name: string, when: Condition[], to: Partial<Rule>): Rule => ({
  name,
  when,
  url: null,
  variants: null,
  ...to,
});

const routingOf = (options: RoutingOptions) =>
  new CompiledLink({
    _id: 'lnk_1',
    workspaceId: trustedWorkspaceId('wsp_1'),
    number: 1,
    hostname: 'go.example',
    slug: 'a',
    url: 'https://own.example/',
    campaign: null,
    clickIdParam: null,
    forwardQuery: 'none',
    redirectStatus: 302,
    options: { rotation: DEFAULT_ROTATION, ...options },
  }).routing;

const visit = (facts: Partial<VisitFacts> = {}): VisitFacts => ({
  country: 'DE',
  region: undefined,
  city: undefined,
  asn: undefined,
  device: 'desktop',
  os: 'Linux',
  browser: 'Firefox',
  inApp: undefined,
  languages: ['en'],
  referrerHost: undefined,
  ip: '203.0.113.7',
  isBot: false,
  isReturning: false,
  previousVariant: undefined,
  identity: 'x',
  query: () => [],
  localTime: (timezone) => localTime(0, timezone),
  ...facts,
});
const someone = (identity = 'x', previousVariant?: string): VisitFacts => visit({ identity, previousVariant });

function shares(options: RoutingOptions, state?: RoutingState, visitors = 4_000): Record<string, number> {
  const routing = routingOf(options);
  const counts: Record<string, number> = {};
  for (let i = 0; i < visitors; i++) {
    const name = choose(routing, someone(`visitor ${i}`), state).variant?.name ?? 'own';
    counts[name] = (counts[name] ?? 0) + 1 / visitors;
  }
  return counts;
}

describe('rules', () => {
  const rules = [
    rule('Both', [inCountry('DE'), { field: 'os', op: 'in', values: ['iOS'], timezone: null }], {
      url: 'https://1.example/',
    }),
    rule('German', [inCountry('DE', 'AT')], { url: 'https://2.example/' }),
    rule('Second', [inCountry('DE')], { url: 'https://3.example/' }),
  ];

  it('are asked in order, all conditions must hold, and the first decides', () => {
    expect(choose(routingOf({ rules }), someone())).toMatchObject({ rule: 'German', url: 'https://2.example/' });
    const onPhone = visit({ os: 'iOS' });
    expect(choose(routingOf({ rules }), onPhone)).toMatchObject({ rule: 'Both', url: 'https://1.example/' });
  });

  it('go before the link’s variants, which go before its url', () => {
    const abroad = visit({ country: 'US' });
    expect(choose(routingOf({ rules, variants: [variant('A')] }), abroad)).toMatchObject({
      rule: undefined,
      url: 'https://a.example/',
    });
    expect(choose(routingOf({ rules }), abroad)).toEqual({
      destination: undefined,
      url: undefined,
      rule: undefined,
      variant: undefined,
    });
  });

  it('say why', () => {
    const steps: string[] = [];
    choose(routingOf({ rules }), someone(), undefined, (step) => steps.push(step));
    expect(steps).toEqual(['Both: does not match, as os is none of iOS', 'German: all its conditions match']);
  });

  it('are counted under names of their own, also where variants have the same ones', () => {
    const two = [rule('R', [inCountry('DE')], { variants: [variant('A')] })];
    expect(choose(routingOf({ rules: two, variants: [variant('A')] }), someone()).variant?.key).toBe('R/A');
  });
});

describe('variants', () => {
  it('get their part of the visitors', () => {
    const {
      A = 0,
      B = 0,
      C = 0,
    } = shares({ variants: [variant('A', 70), variant('B', 20), variant('C', 10), variant('D', 0)] });
    expect(A).toBeCloseTo(0.7, 1);
    expect(B).toBeCloseTo(0.2, 1);
    expect(C).toBeCloseTo(0.1, 1);
    expect(A + B + C).toBeCloseTo(1, 6);
  });

  it('stay the same for a visitor, with a memory and without', () => {
    const routing = routingOf({ variants: [variant('A'), variant('B')] });
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('A', 'B'), (identity, previous) => {
        expect(choose(routing, someone(identity)).variant).toBe(choose(routing, someone(identity)).variant);
        expect(choose(routing, someone(identity, previous)).variant?.name).toBe(previous);
      }),
    );
  });

  it('lose only the visitors that a change of weights takes from them', () => {
    const before = routingOf({ variants: [variant('A', 50), variant('B', 50)] });
    const after = routingOf({ variants: [variant('A', 60), variant('B', 50), variant('C', 0)] });
    for (let i = 0; i < 500; i++) {
      const had = choose(before, someone(`v${i}`)).variant?.name;
      if (had === 'A') expect(choose(after, someone(`v${i}`)).variant?.name).toBe('A');
    }
  });

  it('that are full leave their visitors to the others, those too that were there before; then to the link’s url', () => {
    const cap = { conversions: 1, goal: 'approved' as const, timezone: 'UTC' };
    const variants = [variant('A', 1, cap), variant('B', 1, cap)];
    expect(shares({ variants }, { full: new Set(['A']) }, 50)).toEqual({ B: expect.closeTo(1, 6) });
    expect(choose(routingOf({ variants }), someone('x', 'A'), { full: new Set(['A']) }).variant?.name).toBe('B');
    expect(choose(routingOf({ variants }), someone(), { full: new Set(['A', 'B']) })).toMatchObject({ url: undefined });
  });

  it('of a rule that are full leave their visitors to the rule’s url, else the link’s', () => {
    const state = { full: new Set(['R/A']) };
    const variants = [variant('A', 1, { conversions: 1, goal: 'approved', timezone: 'UTC' })];
    const withUrl = [rule('R', [inCountry('DE')], { variants, url: 'https://overflow.example/' })];
    expect(choose(routingOf({ rules: withUrl }), someone(), state)).toMatchObject({
      rule: 'R',
      url: 'https://overflow.example/',
    });
    const without = [rule('R', [inCountry('DE')], { variants })];
    expect(choose(routingOf({ rules: without }), someone(), state)).toMatchObject({
      rule: 'R',
      destination: undefined,
    });
  });

  it('go by their results where those are given, but never against a weight of 0', () => {
    const state = {
      full: new Set<string>(),
      weights: new Map([
        ['A', 500],
        ['B', 9_500],
        ['C', 9_000],
      ]),
    };
    const { A = 0, B = 0, C = 0 } = shares({ variants: [variant('A'), variant('B'), variant('C', 0)] }, state);
    expect(A).toBeCloseTo(0.05, 1);
    expect(B).toBeCloseTo(0.95, 1);
    expect(C).toBe(0);
  });
});
