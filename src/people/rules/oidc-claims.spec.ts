import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIncomplete, readOidcPerson, strongestRoleOf } from './oidc-claims.js';
import { ROLES } from './roles.js';

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) };
const TOKEN = { iss: 'https://id.example', sub: 'u-1' };

describe('the claims of a person', () => {
  it('are read from the ID token first, and completed by UserInfo', () => {
    const userInfo = { sub: 'other', email: 'b@x.example', email_verified: true, name: 'B', groups: ['editor'] };
    expect(readOidcPerson({ ...TOKEN, name: 'A' }, userInfo, 'groups')).toEqual({
      issuer: 'https://id.example',
      subject: 'u-1',
      verifiedEmail: 'b@x.example',
      name: 'A',
      role: 'editor',
    });
  });

  it.each([
    ['false', false],
    ['a text', 'true'],
    ['a number', 1],
    ['nothing', undefined],
  ])('have no verified address when the proof is %s', (_what, isVerified) => {
    const token = { ...TOKEN, email: 'a@x.example', email_verified: isVerified };
    expect(readOidcPerson(token, {}, undefined).verifiedEmail).toBeUndefined();
  });

  it('do not combine the address of one source with the proof of the other', () => {
    const token = { ...TOKEN, email: 'victim@x.example' };
    expect(readOidcPerson(token, { email_verified: true }, undefined).verifiedEmail).toBeUndefined();
    const own = { email: 'own@x.example', email_verified: true };
    expect(readOidcPerson(token, own, undefined).verifiedEmail).toBe('own@x.example');
  });

  it('have a name without control characters, of 100 characters at most', () => {
    expect(readOidcPerson({ ...TOKEN, name: ' A\n\u0000B ' }, {}, undefined).name).toBe('A  B');
    expect(readOidcPerson({ ...TOKEN, name: ' ', preferred_username: 'ab' }, {}, undefined).name).toBe('ab');
    expect(readOidcPerson({ ...TOKEN, name: 'x'.repeat(200) }, {}, undefined).name).toHaveLength(100);
    expect(readOidcPerson({ ...TOKEN, name: { a: 1 } }, {}, undefined).name).toBeUndefined();
  });

  it('have the time of the proof, where the provider says it', () => {
    const at = (time: unknown): Date | undefined =>
      readOidcPerson({ ...TOKEN, auth_time: time }, {}, undefined).authenticatedAt;
    expect(at(1_795_000_000)).toEqual(new Date('2026-11-18T11:06:40.000Z'));
    for (const none of [undefined, '1795000000', 0, -1, Number.NaN, 1e20]) expect(at(none)).toBeUndefined();
  });

  it('are incomplete without address, name or role', () => {
    const complete = { ...TOKEN, email: 'a@x.example', email_verified: true, name: 'A' };
    expect(isIncomplete(complete, undefined)).toBe(false);
    expect(isIncomplete(complete, 'groups')).toBe(true);
    expect(isIncomplete({ ...complete, email_verified: false }, undefined)).toBe(true);
    expect(isIncomplete({ ...complete, name: '' }, undefined)).toBe(true);
  });
});

describe('the role claim', () => {
  it('gives the strongest known role, as text or list', () => {
    expect(strongestRoleOf('admin')).toBe('admin');
    expect(strongestRoleOf(['analyst', 'unknown', 'editor'])).toBe('editor');
    for (const nothing of [undefined, null, 'Owner', 'owner editor', ['root'], [['owner']], { owner: true }, 7]) {
      expect(strongestRoleOf(nothing), JSON.stringify(nothing)).toBeUndefined();
    }
  });

  it('never gives a role that it does not name', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom<unknown>(...ROLES), fc.jsonValue())), (claim) => {
        const role = strongestRoleOf(claim);
        expect(role === undefined || claim.includes(role)).toBe(true);
        const named = ROLES.filter((known) => claim.includes(known));
        expect(role).toBe(named[0]);
      }),
      RUNS,
    );
  });
});
