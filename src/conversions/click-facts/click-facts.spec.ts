import { describe, expect, it } from 'vitest';
import type { ClickFacts } from '../conversion.schema.js';
import { ERASED_FACTS, factsOf, isComplete } from './click-facts.js';

const nothing = {
  country: undefined,
  region: undefined,
  city: undefined,
  asn: undefined,
  device: undefined,
  os: undefined,
  browser: undefined,
  inApp: undefined,
  language: undefined,
  referrerHost: undefined,
  query: [],
  subs: {},
};
const click = {
  country: 'GB',
  region: 'England',
  city: 'London',
  asn: 20712,
  device: 'mobile',
  os: 'iOS',
  browser: 'Safari',
  inApp: 'Instagram',
  language: 'de',
  referrerHost: 'blog.example',
  query: [{ name: 'source', value: 'fb' }],
  subs: { sub1: 'x' },
  rule: 'UK',
  variant: 'B',
};
/** A click after the erasure of its personal data. */
const erased = { ...nothing, country: 'GB', device: 'mobile', os: 'iOS', browser: 'Safari', inApp: 'Instagram' };

describe('the facts of a click', () => {
  it('are its dimensions', () => {
    const { referrerHost, query: _, ...same } = click;
    expect(factsOf(click)).toEqual({ ...same, referrer: referrerHost, source: 'fb' });
  });

  it('are null where they are unknown, and complete all the same', () => {
    const facts = factsOf(nothing);
    expect(new Set(Object.values({ ...facts, subs: null }))).toEqual(new Set([null]));
    expect(isComplete(facts)).toBe(true);
    expect('rule' in facts || 'variant' in facts).toBe(false);
  });

  it('are incomplete when an earlier version stored them, also after an erasure', () => {
    const { country, device, os, browser, subs } = factsOf(click);
    const old: ClickFacts = { country, device, os, browser, subs };
    for (const facts of [old, { ...old, ...erasedFields() }, null, undefined]) expect(isComplete(facts)).toBe(false);
  });

  it('after an erasure are those of the erased click', () => {
    const { rule, variant } = click;
    expect({ ...factsOf(click), ...erasedFields() }).toEqual(factsOf({ ...erased, rule, variant }));
  });
});

function erasedFields(): object {
  return Object.fromEntries(Object.entries(ERASED_FACTS).map(([path, value]) => [path.replace('facts.', ''), value]));
}
