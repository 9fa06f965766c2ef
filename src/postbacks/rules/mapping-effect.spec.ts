import { Big } from 'big.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversionState } from '../../conversions/rules/conversion-state.js';
import { VERDICTS } from '../postback.schema.js';
import {
  type ConversionMove,
  countsOf,
  effectiveMoves,
  mappingEffect,
  type PreviewedPostback,
  resumedRerun,
} from './mapping-effect.js';

const conversion = (change: Partial<ConversionState>): ConversionState =>
  ({
    eventType: 'ftd',
    status: 'approved',
    payout: { amount: '10', currency: 'EUR' },
    linkId: 'lnk_1',
    ...change,
  }) as ConversionState;
const postback = (postbackId: string, change: Partial<PreviewedPostback> = {}): PreviewedPostback => ({
  postbackId,
  verdict: 'accepted',
  reason: null,
  hint: null,
  ...change,
});

describe('the effect of a mapping', () => {
  it('of nothing that waits is nothing', () => {
    expect(mappingEffect([], [])).toMatchObject({ waiting: 0, wouldCount: 0, events: [], money: [], links: 0 });
  });

  it('names reasons once, most frequent first, at most 20', () => {
    const rejected = (reason: string, hint: string, n: number) =>
      Array.from({ length: n }, (_, i) => postback(`${hint}${i}`, { verdict: 'rejected', reason, hint }));
    const many = Array.from({ length: 30 }, (_, i) => rejected('unmapped_event', `"e${i}"`, i === 29 ? 3 : 1)).flat();
    const { staysRejected, wouldStay } = mappingEffect(many, []);
    expect(staysRejected).toHaveLength(20);
    expect(staysRejected[0]).toEqual({ reason: 'unmapped_event', hint: '"e29"', count: 3 });
    expect(wouldStay).toBe(32);
  });

  it('lists the first 100 that would count, in their order', () => {
    const all = Array.from({ length: 150 }, (_, i) => postback(`p${i}`));
    expect(mappingEffect(all, []).postbackIds).toEqual(all.slice(0, 100).map(({ postbackId }) => postbackId));
  });

  it('adds decimals exactly, and takes off the amounts that conversions had before', () => {
    const moves: ConversionMove[] = [
      { after: conversion({ payout: { amount: '0.1', currency: 'EUR' } }) },
      { after: conversion({ payout: { amount: '0.2', currency: 'EUR' }, linkId: 'lnk_2' }) },
      { before: conversion({ status: 'pending' }), after: conversion({ status: 'rejected', payout: null }) },
    ];
    expect(mappingEffect([], moves)).toMatchObject({
      events: [{ eventType: 'ftd', count: 3, created: 2, approved: 2, pending: 0, rejected: 1 }],
      money: [{ currency: 'EUR', approved: '0.30', pending: '-10.00', rejected: '0.00' }],
      links: 2,
    });
  });

  it('loses no postback and no cent', () => {
    const status = fc.constantFrom('pending', 'approved', 'rejected' as const);
    const payout = fc.option(
      fc.record({
        amount: fc.integer({ min: -9_999, max: 9_999 }).map((cents) => (cents / 100).toFixed(2)),
        currency: fc.constantFrom('EUR', 'USD'),
      }),
    );
    const state = fc.record({ status, payout }).map(conversion);
    const move = fc.record({
      before: fc.option(state, { nil: undefined }),
      after: state,
    }) as fc.Arbitrary<ConversionMove>;
    const verdicts = fc.array(fc.constantFrom(...VERDICTS));
    fc.assert(
      fc.property(verdicts, fc.array(move), (all, moves) => {
        const effect = mappingEffect(
          all.map((verdict, i) => postback(`p${i}`, { verdict })),
          moves,
        );
        expect(Object.values(effect.verdicts).reduce((sum, count) => sum + count, 0)).toBe(all.length);
        const total = (of: (ConversionState | undefined)[]): Big =>
          of.reduce((sum, one) => sum.plus(one?.payout?.amount ?? 0), new Big(0));
        const shown = effect.money.flatMap(({ approved, pending, rejected }) => [approved, pending, rejected]);
        const change = total(moves.map(({ after }) => after)).minus(total(moves.map(({ before }) => before)));
        expect(shown.reduce((sum, amount) => sum.plus(amount), new Big(0)).eq(change)).toBe(true);
        for (const amount of shown) expect(amount).toMatch(/^-?\d+\.\d{2,}$/);
      }),
    );
  });
});

describe('the moves with an effect', () => {
  it('are those with another status or payout, and new conversions', () => {
    const same = {
      before: conversion({}),
      after: conversion({ payout: { amount: '10.00', currency: 'EUR' }, isFtd: true }),
    };
    const paid = { before: conversion({}), after: conversion({ payout: { amount: '11', currency: 'EUR' } }) };
    const moved = { before: conversion({ status: 'pending' }), after: conversion({}) };
    const created = { after: conversion({ payout: null }) };
    expect(effectiveMoves([same, paid, moved, created])).toEqual([paid, moved, created]);
  });
});

describe('the progress of a run', () => {
  it('starts with all that wait', () => {
    expect(resumedRerun({ total: 0, done: 0, counts: {} }, 49)).toEqual({ total: 49, done: 0, counts: {} });
  });

  it('that was broken off goes on after what no longer waits; the rejected ones are run again', () => {
    const broken = { total: 49, done: 22, counts: { accepted: 19, duplicate: 1, rejected: 2 } };
    expect(resumedRerun(broken, 29)).toEqual({ total: 49, done: 20, counts: { accepted: 19, duplicate: 1 } });
  });

  it('counts words', () => {
    expect(countsOf(['a', 'b', 'a'])).toEqual({ a: 2, b: 1 });
  });
});
