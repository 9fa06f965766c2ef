import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BASE62 } from '../../platform/ids/base62.js';
import { clickIdRange, ClickIds } from './click-id.js';

const ids = new ClickIds(Buffer.alloc(32, 7));
const linkNumber = fc.integer({ min: 0, max: 62 ** 6 - 1 });
const time = fc.integer({ min: 0, max: 62 ** 7 - 1 });

describe('click ids', () => {
  it('have the published shape', () => {
    fc.assert(
      fc.property(linkNumber, time, (link, at) => {
        const id = ids.mint(link, at);
        return /^[0-9A-Za-z]{20,32}$/.test(id);
      }),
    );
  });

  it('name their link and time', () => {
    fc.assert(
      fc.property(linkNumber, time, (link, at) => {
        const reading = ids.read(ids.mint(link, at));
        return reading.ok && reading.facts.linkNumber === link && reading.facts.clickedAt.getTime() === at;
      }),
    );
  });

  it('are in the range of their link and of each period with their time, and in no other', () => {
    const anyTime = fc.option(fc.integer({ min: -10, max: 62 ** 7 + 10 }), { nil: undefined });
    const near = (value: number): fc.Arbitrary<number> => fc.constantFrom(value - 1, value, value + 1);
    const scene = fc.tuple(linkNumber, time).chain(([link, at]) =>
      fc.record({
        link: fc.constant(link),
        at: fc.constant(at),
        ofLink: fc.oneof(linkNumber, near(link).map(Math.abs)).filter((other) => other < 62 ** 6),
        from: fc.oneof(anyTime, near(at)),
        to: fc.oneof(anyTime, near(at)),
      }),
    );
    fc.assert(
      fc.property(scene, ({ link, at, ofLink, from, to }) => {
        const id = ids.mint(link, at);
        const range = clickIdRange(ofLink, { from, to });
        const isIn = id >= range.$gte && id < range.$lt;
        expect(isIn).toBe(ofLink === link && at >= (from ?? at) && at < (to ?? Infinity));
      }),
    );
  });

  it('are the same each time with a seed in place of random bits, and named like others', () => {
    fc.assert(
      fc.property(linkNumber, time, fc.integer({ min: 0, max: 62 ** 8 - 1 }), (link, at, seed) => {
        const id = ids.mintSeeded(link, at, seed);
        const reading = ids.read(id);
        expect(id).toBe(ids.mintSeeded(link, at, seed));
        expect(reading).toEqual({ ok: true, facts: { linkNumber: link, clickedAt: new Date(at), isTest: false } });
      }),
    );
    expect(ids.mintSeeded(1, 1, 1)).not.toBe(ids.mintSeeded(1, 1, 2));
  });

  it('are refused when any one character is changed', () => {
    fc.assert(
      fc.property(linkNumber, fc.nat(30), fc.constantFrom(...BASE62), (link, position, char) => {
        const id = ids.mint(link);
        const forged = id.slice(0, position) + char + id.slice(position + 1);
        const reading = ids.read(forged);
        return forged === id ? reading.ok : !reading.ok && reading.reason === 'forged';
      }),
      { numRuns: 2_000 },
    );
  });

  it('are refused when another key made them', () => {
    const others = new ClickIds(randomBytes(32));
    expect(ids.read(others.mint(1))).toEqual({ ok: false, reason: 'forged' });
  });

  it('are read from any text without an exception', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !ids.read(text).ok));
    expect(ids.read('é'.repeat(31))).toEqual({ ok: false, reason: 'malformed' });
    expect(ids.read(`${ids.mint(1)}x`)).toEqual({ ok: false, reason: 'malformed' });
  });

  it('do not repeat', () => {
    const minted = new Set(Array.from({ length: 20_000 }, () => ids.mint(1, 1)));
    expect(minted.size).toBe(20_000);
  });
});
