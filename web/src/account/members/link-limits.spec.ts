import { describe, expect, it } from 'vitest';
import { NO_RESTRICTIONS, toRestrictions, toValues } from './link-limits';

describe('restrictions of a member', () => {
  it('come back from the form as they went in', () => {
    const restrictions = { hideMoney: true, linkLimits: { tags: ['vip', 'a, b'], campaigns: ['autumn'] } };
    expect(toRestrictions(toValues(restrictions), 'analyst')).toEqual(restrictions);
  });

  it('have one tag a line, without blanks and repetitions', () => {
    const values = { ...NO_RESTRICTIONS, isLimited: true, 'linkLimits.tags': ' vip \n\nvip\r\nnew ' };
    expect(toRestrictions(values, 'editor')).toEqual({ linkLimits: { tags: ['vip', 'new'], campaigns: [] } });
  });

  it('end with the limit', () => {
    const values = { ...NO_RESTRICTIONS, 'linkLimits.tags': 'vip' };
    expect(toRestrictions(values, 'analyst')).toEqual({ hideMoney: false, linkLimits: null });
  });

  it.each(['owner', 'admin'] as const)('are none of an %s', (role) => {
    expect(toRestrictions({ ...NO_RESTRICTIONS, hideMoney: true, isLimited: true }, role)).toEqual({});
  });
});
