import { describe, expect, it } from 'vitest';
import { isWithinLimits, limitsCondition } from './link-limits.js';

const limits = { tags: ['team-a'], campaigns: ['spring'] };

describe('isWithinLimits', () => {
  it('takes links with one of the tags, or of one of the campaigns', () => {
    expect(isWithinLimits(limits, { tags: ['x', 'team-a'], campaign: null })).toBe(true);
    expect(isWithinLimits(limits, { tags: [], campaign: 'spring' })).toBe(true);
    expect(isWithinLimits(limits, { tags: ['spring'], campaign: 'team-a' })).toBe(false);
    expect(isWithinLimits(limits, { tags: ['Team-A'] })).toBe(false);
    expect(isWithinLimits(limits, { tags: [] })).toBe(false);
  });

  it('takes all links without limits, and none within empty ones', () => {
    expect(isWithinLimits(null, { tags: [] })).toBe(true);
    expect(isWithinLimits({ tags: [], campaigns: [''] }, { tags: ['a'], campaign: '' })).toBe(false);
  });
});

describe('limitsCondition', () => {
  it('adds nothing to the queries of others', () => {
    expect(limitsCondition(null)).toEqual({});
    expect(limitsCondition(limits)).toEqual({
      $or: [{ tags: { $in: ['team-a'] } }, { campaign: { $in: ['spring'] } }],
    });
  });
});
