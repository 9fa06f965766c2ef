import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpooledClick } from '../rules/click-record.js';
import type { Click } from '../click.schema.js';
import { parseIp } from '../../platform/net/ip-address.js';
import { protectClick } from './protect.js';
import { truncateAddress } from '../../platform/net/truncate-address.js';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const DAY_MS = 86_400_000;

const spooled = (isPrivate?: true): SpooledClick =>
  ({ ip: '203.0.113.77', flags: { isPrivate } }) as unknown as SpooledClick;
const enriched = (daysAgo = 0): Click =>
  ({
    _id: 'id',
    at: new Date(NOW - daysAgo * DAY_MS),
    userAgent: 'Mozilla',
    referrer: 'https://a.example/path?x=1',
    referrerHost: 'a.example',
    country: 'DE',
    city: 'Berlin',
    asn: 1,
    device: 'mobile',
    query: ['sub1', 'utm_source', 'fbclid', 'sub11', 'email'].map((name) => ({ name, value: 'v' })),
    subs: { sub1: 'v' },
    visitorKey: 'of-a-person',
  }) as unknown as Click;

const protectedClick = (settings: object, mark?: true, daysAgo = 0): Click => {
  const click = enriched(daysAgo);
  protectClick(click, spooled(mark), { ipDays: 7, honourDoNotTrack: false, ...settings }, NOW);
  return click;
};

describe('protectClick', () => {
  it('keeps the address for so many days, then its network', () => {
    expect(protectedClick({})).toMatchObject({ ip: '203.0.113.77', isIpFull: true });
    expect(protectedClick({}, undefined, 8)).toMatchObject({ ip: '203.0.113.0', isIpFull: undefined });
    expect(protectedClick({ ipDays: 0 })).toEqual(enriched());
  });

  it('keeps no personal data of a visitor who asked not to be tracked, where that is honoured', () => {
    const click = protectedClick({ honourDoNotTrack: true }, true);
    expect(click).toMatchObject({
      isPrivate: true,
      userAgent: '',
      country: 'DE',
      device: 'mobile',
      subs: { sub1: 'v' },
    });
    for (const field of ['ip', 'referrer', 'city', 'asn'] as const) expect(click[field]).toBeUndefined();
    expect(click.query.map(({ name }) => name)).toEqual(['sub1', 'utm_source']);
    expect(click.visitorKey).toBe('private:id');
    expect(protectedClick({}, true)).toEqual(protectedClick({}));
    expect(protectedClick({ honourDoNotTrack: true })).toEqual(protectedClick({}));
  });
});

describe('truncateAddress', () => {
  it.each([
    ['203.0.113.77', '203.0.113.0'],
    ['255.255.255.255', '255.255.255.0'],
    ['::ffff:203.0.113.77', '203.0.113.0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::'],
    ['2001:db8::1', '2001:db8::'],
    ['::1', '::'],
  ])('makes %s %s', (address, truncated) => {
    expect(truncateAddress(address)).toBe(truncated);
  });

  it('gives nothing for texts that are not addresses', () => {
    expect(truncateAddress('localhost')).toBeUndefined();
  });

  it('gives an address of the same network, and the same again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (address) => {
        const truncated = truncateAddress(address) ?? '';
        const [before, after] = [parseIp(address)?.words ?? [], parseIp(truncated)?.words ?? []];
        expect(after).toHaveLength(before.length);
        if (before.length === 1) expect(after[0]).toBe(((before[0] ?? 0) & 0xffffff00) >>> 0);
        else expect(after).toEqual([before[0], ((before[1] ?? 0) & 0xffff0000) >>> 0, 0, 0]);
        expect(truncateAddress(truncated)).toBe(truncated);
      }),
    );
  });
});
