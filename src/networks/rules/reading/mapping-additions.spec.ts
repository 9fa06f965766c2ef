import { describe, expect, it } from 'vitest';
import { withAdditions } from './mapping-additions.js';

describe('a mapping with additions', () => {
  const mapping = { params: { click_id: ['tid'], payout: ['sum'] }, events: { dep: 'ftd' }, statuses: {} };

  it('has the new names first, and all else as it was', () => {
    expect(withAdditions(mapping, { click_id: 'sub7', txid: 'op' })).toEqual({
      ...mapping,
      params: { click_id: ['sub7', 'tid'], payout: ['sum'], txid: ['op'] },
    });
    expect(withAdditions(mapping, { payout: 'sum' })).toEqual(mapping);
  });

  it('is none where there is nothing to add', () => {
    expect(withAdditions(mapping, {})).toBeNull();
  });
});
