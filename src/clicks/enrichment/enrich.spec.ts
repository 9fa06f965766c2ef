import { describe, expect, it } from 'vitest';
import type { SpooledClick } from '../rules/click-record.js';
import { DeviceReader } from './device.js';
import { enrichClick, type EnrichmentTools } from './enrich.js';
import type { GeoFacts } from './geo.js';
import { VisitorKeys } from './visitor.js';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const LONDON: GeoFacts = { country: 'GB', region: 'England', city: 'London', asn: 20712, asOrganization: 'A & A' };
const click: SpooledClick = {
  id: 'K1',
  workspaceId: 'wsp_1',
  linkId: 'lnk_1',
  at: Date.UTC(2026, 0, 15, 12),
  ip: '81.2.69.142',
  userAgent: CHROME,
  acceptLanguage: 'de-DE,de;q=0.9,en;q=0.8',
  referrer: 'https://www.Blog.example/post',
  query: [['sub1', 'fb']],
  kind: 'visit',
  flags: {},
};
const tools: EnrichmentTools = {
  visitors: new VisitorKeys(Buffer.alloc(32, 1)),
  geo: { lookup: (ip) => (ip === click.ip ? LONDON : {}) },
  devices: new DeviceReader(),
};

describe('enrichClick', () => {
  it('has all there is to know, and no address', () => {
    const enriched = enrichClick(click, tools);
    expect(enriched).toEqual({
      _id: 'K1',
      workspaceId: 'wsp_1',
      linkId: 'lnk_1',
      at: new Date('2026-01-15T12:00:00Z'),
      userAgent: CHROME,
      language: 'de',
      referrer: 'https://www.Blog.example/post',
      referrerHost: 'blog.example',
      query: [{ name: 'sub1', value: 'fb' }],
      subs: { sub1: 'fb' },
      country: 'GB',
      region: 'England',
      city: 'London',
      asn: 20712,
      device: 'desktop',
      os: 'Linux',
      browser: 'Chrome',
      inApp: undefined,
      botReason: undefined,
      visitorKey: expect.stringMatching(/^[\w-]{22}$/),
      isUnique: false,
    });
    expect(JSON.stringify(enriched)).not.toContain(click.ip);
  });

  it('leaves out what is not known', () => {
    expect(
      enrichClick({ ...click, ip: '10.0.0.1', userAgent: '', acceptLanguage: '', referrer: '' }, tools),
    ).toMatchObject({
      language: undefined,
      referrer: undefined,
      referrerHost: undefined,
      country: undefined,
      asn: undefined,
      device: 'other',
      os: undefined,
      browser: undefined,
      botReason: 'no_user_agent',
    });
  });
});
