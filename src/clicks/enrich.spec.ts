import { describe, expect, it } from 'vitest';
import { enrichClick } from './enrich.js';
import type { SpooledClick } from './spooled-click.js';
import { decodeClick, encodeClick } from './spooled-click.js';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const secret = Buffer.alloc(32, 1);
const click: SpooledClick = {
  id: 'K1',
  workspaceId: 'wsp_1',
  linkId: 'lnk_1',
  at: Date.UTC(2026, 0, 15, 12),
  ip: '203.0.113.9',
  userAgent: CHROME,
  language: 'de-DE,de;q=0.9,en;q=0.8',
  referrer: '',
  query: [['sub1', 'fb']],
  kind: 'visit',
};

describe('enrichClick', () => {
  it('keeps subs and language, and no address', () => {
    const enriched = enrichClick(click, secret);
    expect(enriched).toMatchObject({ _id: 'K1', subs: { sub1: 'fb' }, language: 'de', botReason: undefined });
    expect(JSON.stringify(enriched)).not.toContain('203.0.113.9');
  });

  it.each([
    [{ kind: 'head' }, 'head'],
    [{ kind: 'prefetch' }, 'prefetch'],
    [{ userAgent: '' }, 'no_user_agent'],
    [{ userAgent: 'curl/8.5.0' }, 'user_agent'],
    [{ userAgent: 'TelegramBot (like TwitterBot)' }, 'user_agent'],
  ] as const)('marks %j as %s', (change, reason) => {
    expect(enrichClick({ ...click, ...change }, secret).botReason).toBe(reason);
  });

  it('knows a visitor again on the same link and day, and only there', () => {
    const key = enrichClick(click, secret).visitorKey;
    expect(enrichClick({ ...click, id: 'K2', at: click.at + 3_600_000 }, secret).visitorKey).toBe(key);
    expect(enrichClick({ ...click, at: click.at + 86_400_000 }, secret).visitorKey).not.toBe(key);
    expect(enrichClick({ ...click, linkId: 'lnk_2' }, secret).visitorKey).not.toBe(key);
    expect(enrichClick({ ...click, ip: '203.0.113.10' }, secret).visitorKey).not.toBe(key);
    expect(enrichClick(click, Buffer.alloc(32, 2)).visitorKey).not.toBe(key);
  });
});

describe('the spooled form', () => {
  it('comes back as it was', () => {
    expect(decodeClick(encodeClick(click))).toEqual(click);
  });
});
