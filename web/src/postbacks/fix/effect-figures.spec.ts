import { describe, expect, it } from 'vitest';
import type { MappingEffect } from '../postback-types';
import { expectedOf, figuresOf, staySentence } from './effect-figures';

const EFFECT: MappingEffect = {
  waiting: 49,
  wouldCount: 47,
  wouldStay: 2,
  verdicts: { accepted: 47, updated: 0, duplicate: 0, ignored: 0, test: 0, rejected: 2 },
  events: [
    { eventType: 'registration', count: 31, created: 31, approved: 31, pending: 0, rejected: 0 },
    { eventType: 'ftd', count: 16, created: 16, approved: 6, pending: 10, rejected: 0 },
  ],
  money: [{ currency: 'EUR', approved: '465.00', pending: '775.00', rejected: '0.00' }],
  links: 3,
  staysRejected: [{ reason: 'unmapped_event', hint: 'The event "dep9" is not mapped.', count: 2 }],
  postbackIds: [],
  complete: true,
};
const event = (eventType: MappingEffect['events'][number]['eventType'], count: number) => ({
  eventType,
  count,
  created: count,
  approved: count,
  pending: 0,
  rejected: 0,
});

describe('the effect of a mapping in numbers', () => {
  it('shows what would count, registrations and FTDs', () => {
    expect(figuresOf(EFFECT)).toEqual([
      { label: 'Would count', count: 47, note: 'of 49 that wait' },
      { label: 'Registrations', count: 31, note: 'on 3 links' },
      { label: 'FTDs', count: 16, note: '6 approved, 10 pending' },
    ]);
  });

  it.each([
    [[event('ftd', 2)], ['Registrations', 'FTDs']],
    [[event('sale', 2)], ['Registrations', 'Sales']],
    [
      [event('sale', 2), event('rebill', 1)],
      ['Sales', 'Rebills'],
    ],
    [
      [event('deposit', 3), event('ftd', 1)],
      ['Deposits', 'FTDs'],
    ],
    [
      [event('registration', 3), event('lead', 1)],
      ['Registrations', 'Leads'],
    ],
    [[], ['Registrations', 'FTDs']],
  ])('shows the event types that would count: %#', (events, labels) => {
    const [, ...shown] = figuresOf({ ...EFFECT, events });
    expect(shown.map(({ label }) => label)).toEqual(labels);
  });

  it('says when only the oldest were read', () => {
    const [first] = figuresOf({ ...EFFECT, waiting: 2_000, complete: false });
    expect(first?.note).toBe('of the 2,000 oldest that wait');
  });

  it('adds the money to expect without floating point', () => {
    expect(expectedOf({ currency: 'EUR', approved: '0.10', pending: '0.20', rejected: '9' })).toBe('0.30');
    expect(expectedOf({ currency: 'EUR', approved: '-5.00', pending: '-0.5', rejected: '0' })).toBe('-5.50');
  });
});

describe('what stays rejected', () => {
  it('is said with the word, or with the reason', () => {
    expect(staySentence(EFFECT)).toBe('2 stay rejected: `dep9` is unmapped.');
    const one = { ...EFFECT, wouldStay: 1, staysRejected: [{ reason: 'unknown_click', hint: null, count: 1 }] };
    expect(staySentence(one)).toBe('1 stays rejected: `unknown_click`.');
    expect(staySentence({ ...EFFECT, wouldStay: 0, staysRejected: [] })).toBeUndefined();
  });

  it('names three reasons at most', () => {
    const staysRejected = ['a', 'b', 'c', 'd', 'e'].map((reason) => ({ reason, hint: null, count: 1 }));
    expect(staySentence({ ...EFFECT, wouldStay: 5, staysRejected })).toBe(
      '5 stay rejected: `a`, `b`, `c`, 2 more reasons.',
    );
  });
});
