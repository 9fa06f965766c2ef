import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFreeFor, type LeasedDocument, leaseFor, released } from './lease.js';

/** What MongoDB makes of the filter. */
function matches(document: Partial<LeasedDocument>, filter: { $or: object[] }): boolean {
  return filter.$or.some((condition) =>
    Object.entries(condition).every(([field, wanted]) => {
      const value = document[field as keyof LeasedDocument] ?? null;
      if (wanted === null || typeof wanted === 'string') return value === wanted;
      const { $lt } = wanted as { $lt: Date };
      return value instanceof Date && value < $lt;
    }),
  );
}

describe('a lease', () => {
  it.each([
    ['a document of an earlier version, without the fields', {}, true],
    ['a released document', { holder: null, leaseUntil: new Date(0) }, true],
    ['an expired lease of another process', { holder: 'b', leaseUntil: new Date(999) }, true],
    ['a lease that ends now', { holder: 'b', leaseUntil: new Date(1_000) }, false],
    ['a lease of another process', { holder: 'b', leaseUntil: new Date(2_000) }, false],
    ['a lease of its own', { holder: 'a', leaseUntil: new Date(2_000) }, true],
  ])('%s is free or not', (_, document, isFree) => {
    expect(matches(document, isFreeFor('a', 1_000))).toBe(isFree);
  });

  it('is never held by two, is free at once after its release, and for others when it has expired', () => {
    const step = fc.record({
      holder: fc.constantFrom('a', 'b', 'c'),
      action: fc.constantFrom('take', 'release'),
      afterMs: fc.nat(40),
    });
    const property = fc.property(fc.array(step), (steps) => {
      let document: Partial<LeasedDocument> = {};
      let now = 1_000;
      let owner: { holder: string; until: number } | undefined;
      for (const { holder, action, afterMs } of steps) {
        now += afterMs;
        const isOthers = owner !== undefined && owner.holder !== holder && owner.until >= now;
        if (action === 'take') {
          expect(matches(document, isFreeFor(holder, now))).toBe(!isOthers);
          if (isOthers) continue;
          document = leaseFor(holder, 30, now);
          owner = { holder, until: now + 30 };
        } else if (document.holder === holder) {
          document = released(now);
          owner = undefined;
        }
      }
    });
    fc.assert(property, { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) });
  });
});
