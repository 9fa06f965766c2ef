import { describe, expect, it } from 'vitest';
import type { PostbackDetail } from '../postback-types';
import { namesOf, planOf, titleOf, withMeaning } from './fix-plan';

const MAPPING = { params: {}, events: {}, statuses: {} };
const parameter = (name: string, value: string, as: PostbackDetail['parameters'][number]['as']) =>
  ({ name, value, as, state: 'taken', source: 'query', kind: 'ignored', meaning: '' }) as const;
const suggest = (params: Record<string, string[]>) => ({ mapping: { ...MAPPING, params } });
const REJECTED: Parameters<typeof planOf>[0] = {
  verdict: 'rejected',
  reason: 'unfilled_macro',
  parameters: [],
  suggestion: null,
};

describe('the plan of a fix', () => {
  it('takes another parameter: old and new names, and the mapping to send', () => {
    const suggestion = suggest({ click_id: ['tid', 'clickid'] });
    const network = { mapping: { ...MAPPING, params: { click_id: ['clickid'] } } };
    const plan = planOf({ ...REJECTED, suggestion }, network);
    expect(plan).toEqual({
      kind: 'parameters',
      fixes: [{ meaning: 'the click id', name: 'tid', before: ['clickid'], after: ['tid', 'clickid'] }],
      mapping: suggestion.mapping,
    });
    expect(plan && titleOf(plan)).toBe('Take `tid` for the click id');
    expect(plan && namesOf(plan)).toBe('tid');
  });

  it('names the parameter that was read where the network has no names of its own', () => {
    const parameters = [parameter('clickid', '{clickid}', 'click_id')];
    const plan = planOf({ ...REJECTED, parameters, suggestion: suggest({ click_id: ['tid'] }) }, { mapping: MAPPING });
    expect(plan).toMatchObject({ fixes: [{ before: ['clickid'], after: ['tid', 'clickid'] }] });
  });

  it('may take two parameters', () => {
    const suggestion = suggest({ click_id: ['tid'], payout: ['sum'], txid: ['t'] });
    const network = { mapping: { ...MAPPING, params: { txid: ['t'] } } };
    const plan = planOf({ ...REJECTED, suggestion }, network);
    expect(plan && titleOf(plan)).toBe('Take `tid` for the click id and take `sum` for the payout');
  });

  it('asks for the meaning of an unknown word', () => {
    const parameters = [parameter('goal', 'dep_big', 'event')];
    const plan = planOf({ ...REJECTED, reason: 'unmapped_event', parameters }, { mapping: MAPPING });
    expect(plan).toEqual({ kind: 'word', field: 'events', word: 'dep_big' });
    if (plan?.kind !== 'word') throw new Error('no plan for the word');
    const before = { ...MAPPING, events: { reg: 'registration' } };
    expect(withMeaning(before, plan, 'ftd').events).toEqual({ reg: 'registration', dep_big: 'ftd' });
    expect(before.events).toEqual({ reg: 'registration' });
  });

  it('is absent where no mapping helps', () => {
    expect(planOf(REJECTED, { mapping: MAPPING })).toBeUndefined();
    expect(planOf({ ...REJECTED, suggestion: suggest({}) }, { mapping: MAPPING })).toBeUndefined();
    const suggestion = suggest({ payout: ['sum'] });
    expect(planOf({ ...REJECTED, verdict: 'accepted', suggestion }, { mapping: MAPPING })).toBeUndefined();
  });
});
