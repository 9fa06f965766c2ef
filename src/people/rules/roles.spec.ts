import { describe, expect, it } from 'vitest';
import { ALL_SCOPES, commonScopes, SCOPES } from '../../workspaces/scopes.js';
import { includesRole, ROLES, scopesOfRole, strongestRoleWithin, withoutMoney } from './roles.js';

describe('roles', () => {
  it('have all rights of the weaker ones', () => {
    for (const [index, role] of ROLES.entries()) {
      for (const weaker of ROLES.slice(index + 1)) {
        const common = commonScopes(scopesOfRole(role), scopesOfRole(weaker));
        expect(new Set(common), `${role} ${weaker}`).toEqual(new Set(scopesOfRole(weaker)));
        expect(includesRole(role, weaker)).toBe(true);
        expect(includesRole(weaker, role)).toBe(false);
      }
    }
  });

  it('differ: only the owner deletes the workspace, only those above an editor manage people and keys', () => {
    expect(scopesOfRole('owner')).toEqual([ALL_SCOPES]);
    expect(SCOPES.filter((scope) => !scopesOfRole('admin').includes(scope))).toEqual(['workspaces:delete']);
    const ofEditor = scopesOfRole('editor');
    expect(
      ofEditor.filter((scope) => /^(members|api-keys|audit|domains:write|workspaces:(?!read))/.test(scope)),
    ).toEqual([]);
    expect(scopesOfRole('analyst').filter((scope) => !scope.endsWith(':read'))).toEqual([]);
  });

  it('are found by the scopes of a key', () => {
    expect(strongestRoleWithin([ALL_SCOPES])).toBe('owner');
    for (const role of ROLES) expect(strongestRoleWithin(scopesOfRole(role))).toBe(role);
    expect(strongestRoleWithin(SCOPES)).toBe('admin');
    for (const scopes of [['links:read'], ['members:write', 'links:read'], []]) {
      expect(strongestRoleWithin(scopes)).toBeUndefined();
    }
  });

  it('show no postbacks to people who see no money', () => {
    expect(withoutMoney(scopesOfRole('analyst'))).not.toContain('postbacks:read');
    expect(withoutMoney(scopesOfRole('analyst'))).toContain('reports:read');
  });
});

describe('commonScopes', () => {
  it('is what both grant', () => {
    expect(commonScopes([ALL_SCOPES], ['links:read'])).toEqual(['links:read']);
    expect(commonScopes(['links:read', 'links:write'], [ALL_SCOPES])).toEqual(['links:read', 'links:write']);
    expect(commonScopes(['links:read', 'links:write'], ['links:read', 'audit:read'])).toEqual(['links:read']);
    expect(commonScopes([ALL_SCOPES], [ALL_SCOPES])).toEqual([ALL_SCOPES]);
  });
});
