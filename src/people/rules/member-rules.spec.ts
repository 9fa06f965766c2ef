import { describe, expect, it } from 'vitest';
import { changedRights, isRise, mayGrantRole, problemsOfRights } from './member-rules.js';
import { ROLES, scopesOfRole } from './roles.js';

const LIMITS = { tags: ['spring'], campaigns: [] };

describe('mayGrantRole', () => {
  it('allows the own role and weaker ones', () => {
    for (const [own, role] of ROLES.entries()) {
      const allowed = ROLES.filter((other) => mayGrantRole(scopesOfRole(role), other));
      expect(allowed).toEqual(ROLES.slice(own));
    }
    expect(mayGrantRole(['members:write'], 'analyst')).toBe(false);
  });
});

describe('isRise', () => {
  const rights = { role: 'analyst' as const, hidesMoney: true, linkLimits: LIMITS };

  it.each([
    ['a stronger role', { role: 'editor' as const }, true],
    ['shown money', { hidesMoney: false }, true],
    ['no limits', { linkLimits: null }, true],
    ['one more tag', { linkLimits: { tags: ['spring', 'summer'], campaigns: [] } }, true],
    ['a campaign', { linkLimits: { tags: ['spring'], campaigns: ['c'] } }, true],
    ['fewer tags', { linkLimits: { tags: [], campaigns: [] } }, false],
    ['nothing', {}, false],
  ])('%s: %o → %s', (_, change, isMore) => {
    const after = { ...rights, ...change };
    expect(isRise(rights, after)).toBe(isMore);
    if (isMore) expect(isRise(after, rights)).toBe(false);
  });
});

describe('rights', () => {
  it('hide money from analysts, and limit the links of analysts and editors', () => {
    const fields = (role: (typeof ROLES)[number]): string[] =>
      problemsOfRights({ role, hidesMoney: true, linkLimits: LIMITS }).map(({ field }) => field);
    expect(ROLES.map(fields)).toEqual([['hideMoney', 'linkLimits'], ['hideMoney', 'linkLimits'], ['hideMoney'], []]);
    expect(
      problemsOfRights({ role: 'analyst', hidesMoney: false, linkLimits: { tags: [], campaigns: [] } }),
    ).toHaveLength(1);
    for (const role of ROLES) expect(problemsOfRights({ role, hidesMoney: false, linkLimits: null })).toEqual([]);
  });

  it('lose restrictions with a role that has none', () => {
    const analyst = { role: 'analyst' as const, hidesMoney: true, linkLimits: LIMITS };
    expect(changedRights(analyst, {})).toEqual(analyst);
    expect(changedRights(analyst, { role: 'editor' })).toEqual({
      role: 'editor',
      hidesMoney: false,
      linkLimits: LIMITS,
    });
    expect(changedRights(analyst, { role: 'admin' })).toEqual({ role: 'admin', hidesMoney: false, linkLimits: null });
    expect(changedRights(analyst, { linkLimits: null })).toEqual({ ...analyst, linkLimits: null });
    expect(changedRights(analyst, { role: 'admin', hidesMoney: true }).hidesMoney).toBe(true); // is refused then
  });
});
