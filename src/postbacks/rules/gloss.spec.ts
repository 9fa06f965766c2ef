import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CANONICAL_PARAMS } from '../../networks/rules/canonical-params.js';
import { type GlossContext, glossOf, PARAMETER_KINDS, type SentValue } from './gloss.js';

const OURS = '0000A3VkQ2mTc7hR4xWq9bLs1YdPf8Z';
const context: GlossContext = {
  isClickId: (value) => value === OURS,
  isSecretName: (name) => name === 'token',
  words: { event: 'ftd', status: 'pending' },
  reason: null,
};
const taken = (as: SentValue['as'], value: string, name = 'x'): SentValue => ({ name, value, as, state: 'taken' });
const left = (state: SentValue['state'], value: string, name = 'x'): SentValue => ({ name, value, as: null, state });

describe('the gloss of a parameter', () => {
  it.each<[SentValue, Partial<GlossContext>, string, string]>([
    [left('unfilled', '{clickid}'), {}, 'unfilledMacro', 'macro not filled in'],
    [left('ignored', OURS, 'tid'), {}, 'unmappedClickId', 'your click id, but nothing reads tid'],
    [taken('click_id', OURS), {}, 'clickId', 'your click id'],
    [taken('click_id', 'K1'), {}, 'clickId', 'read as the click id, but not one of yours'],
    [taken('click_id', OURS), { reason: 'unknown_click' }, 'clickId', 'a click id of another workspace'],
    [taken('click_id', 'lnk_1'), {}, 'clickId', 'link id'],
    [taken('event', 'dep1'), {}, 'event', 'event: ftd'],
    [taken('event', 'hold'), { words: { event: 'pending' } }, 'event', 'status: pending'],
    [taken('event', 'dep9'), { reason: 'unmapped_event' }, 'event', 'event: not mapped'],
    [taken('event', 'dep9'), { words: {}, reason: 'missing_click_id' }, 'event', 'event: not mapped'],
    [taken('event', 'dep9'), { words: {} }, 'event', 'event'],
    [taken('status', 'hold'), {}, 'status', 'status: pending'],
    [taken('status', 'ping'), { words: { status: 'ignore' } }, 'status', 'status: ignored by the mapping'],
    [taken('status', 'reg'), { words: { status: 'registration' } }, 'status', 'event: registration'],
    [taken('status', 'x'), { reason: 'unmapped_status' }, 'status', 'status: not mapped'],
    [taken('payout', '77.50'), {}, 'money', 'payout 77.50'],
    [taken('payout', 'much'), { reason: 'invalid_amount' }, 'money', 'payout, not readable'],
    [taken('currency', 'EUR'), {}, 'money', 'currency EUR'],
    [taken('currency', 'XX'), { reason: 'invalid_currency' }, 'money', 'currency, not usable'],
    [taken('txid', 'T-88213'), {}, 'transaction', 'transaction id'],
    [taken('player_id', '7'), {}, 'player', 'player id'],
    [taken('time', '1795701771'), {}, 'time', 'time of the event'],
    [taken('sub2', 'push-04'), {}, 'sub', 'sub2'],
    [left('ignored', '3', 'v'), {}, 'ignored', 'ignored'],
    [left('empty', ''), {}, 'ignored', 'empty'],
    [left('no_value', 'null'), {}, 'ignored', 'stands for no value'],
    [left('ignored', '***', 'sig'), {}, 'secret', 'secret, masked'],
    [left('ignored', 'abc', 'token'), {}, 'secret', 'secret'],
  ])('%j with %j is %s: %s', (sent, more, kind, meaning) => {
    expect(glossOf(sent, { ...context, ...more })).toEqual({ kind, meaning });
  });

  it('has a kind and words for everything that can be sent', () => {
    const state = fc.constantFrom('taken', 'ignored', 'unfilled', 'no_value', 'empty' as const);
    const as = fc.option(fc.constantFrom(...CANONICAL_PARAMS));
    fc.assert(
      fc.property(fc.string(), fc.string(), state, as, fc.option(fc.string()), (name, value, how, param, reason) => {
        const { kind, meaning } = glossOf({ name, value, state: how, as: param }, { ...context, reason });
        expect(PARAMETER_KINDS).toContain(kind);
        expect(meaning).not.toBe('');
        if (how === 'taken' && param !== null) expect(['ignored', 'secret', 'unfilledMacro']).not.toContain(kind);
      }),
    );
  });
});
