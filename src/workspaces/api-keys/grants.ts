import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Caller } from '../caller.js';
import { ALL_SCOPES, allows, type Scope } from '../scopes.js';

/** The permissions of a key, and their end (`null`: none). */
export interface Grant {
  scopes: readonly string[];
  expiresAt: Date | null;
}

/** @throws ProblemException when the grant exceeds the caller's own scopes or expiry. */
export function assertMayGrant(caller: Pick<Caller, 'scopes' | 'accessEndsAt'>, { scopes, expiresAt }: Grant): void {
  const excess = scopes.filter((scope) => !mayGrant(caller.scopes, scope));
  if (excess.length > 0) {
    throw new ProblemException('forbidden', `A key cannot grant scopes that it does not have: ${excess.join(', ')}.`);
  }
  const { accessEndsAt } = caller;
  if (accessEndsAt !== null && (expiresAt === null || expiresAt > accessEndsAt)) {
    const end = accessEndsAt.toISOString();
    throw new ProblemException('forbidden', `This key expires on ${end}. It cannot grant access for longer.`);
  }
}

/** Guards changing and revoking. @throws ProblemException when the key has scopes that the caller does not have. */
export function assertNotStronger(caller: Pick<Caller, 'scopes'>, { scopes }: Pick<Grant, 'scopes'>): void {
  const excess = scopes.filter((scope) => !mayGrant(caller.scopes, scope));
  if (excess.length === 0) return;
  const detail = `That key has scopes that this one does not have (${excess.join(', ')}). Change or revoke it with a key that has them.`;
  throw new ProblemException('forbidden', detail);
}

function mayGrant(granted: readonly string[], scope: string): boolean {
  return scope === ALL_SCOPES ? granted.includes(ALL_SCOPES) : allows(granted, scope as Scope);
}
