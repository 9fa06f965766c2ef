import { describe, expect, it } from 'vitest';
import { destinationHost, type Link, stateOf } from './link-types';

const now = new Date('2026-11-27T12:00:00Z');
const link = (fields: Partial<Link>): Link =>
  ({
    archived: false,
    suspended: null,
    expiresAt: null,
    startsAt: null,
    paused: false,
    clickLimit: null,
    stats: { clicks: { human: 10 } },
    ...fields,
  }) as Link;

describe('the state of a link', () => {
  it.each<[string, Partial<Link>]>([
    ['live', {}],
    ['live', { expiresAt: '2026-12-01T00:00:00Z', startsAt: '2026-11-01T00:00:00Z', clickLimit: 11 }],
    ['paused', { paused: true }],
    ['expired', { paused: true, expiresAt: '2026-11-27T12:00:00Z' }],
    ['planned', { startsAt: '2026-11-28T00:00:00Z' }],
    ['full', { clickLimit: 10 }],
    ['suspended', { suspended: { reason: 'blocklist', at: '' }, paused: true }],
    ['archived', { archived: true, paused: true }],
  ])('is %s', (name, fields) => expect(stateOf(link(fields), now).name).toBe(name));
});

it.each([
  ['https://offer.example/lp?x={sub1}', 'offer.example'],
  ['https://user:key@offer.example:8443#a', 'offer.example:8443'],
  ['myapp://open/x', 'open'],
  ['tel:+15550100', 'tel:+15550100'],
])('the host of %s is %s', (url, host) => expect(destinationHost(url)).toBe(host));
