import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VisitorKeys } from './visitor.js';

const visit = { linkId: 'lnk_1', at: Date.UTC(2026, 0, 15, 12), ip: '203.0.113.9', userAgent: 'Firefox' };
const keys = new VisitorKeys(Buffer.alloc(32, 1));

describe('a visitor key', () => {
  it('knows a visitor again on the same link and day, and only there', () => {
    const key = keys.keyOf(visit);
    expect(key).toMatch(/^[\w-]{22}$/);
    expect(keys.keyOf({ ...visit, at: visit.at + 3_600_000 })).toBe(key);
    expect(keys.keyOf({ ...visit, at: visit.at + 86_400_000 })).not.toBe(key);
    expect(keys.keyOf({ ...visit, at: visit.at - 86_400_000 })).not.toBe(key);
    expect(keys.keyOf({ ...visit, linkId: 'lnk_2' })).not.toBe(key);
    expect(keys.keyOf({ ...visit, ip: '203.0.113.10' })).not.toBe(key);
    expect(keys.keyOf({ ...visit, userAgent: 'Chrome' })).not.toBe(key);
    expect(new VisitorKeys(Buffer.alloc(32, 2)).keyOf(visit)).not.toBe(key);
    expect(keys.keyOf(visit)).toBe(key);
  });

  it('is the HMAC that createHmac makes, for any secret and text', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', minLength: 1_000, maxLength: 6_000 })),
        fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
        (secret, userAgent, date) => {
          const text = `${date.toISOString().slice(0, 10)}\nlnk_1\n203.0.113.9\n${userAgent}`;
          const expected = createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);
          const made = new VisitorKeys(Buffer.from(secret)).keyOf({ ...visit, at: date.getTime(), userAgent });
          expect(made).toBe(expected);
        },
      ),
      { numRuns: 50 },
    );
  });
});
