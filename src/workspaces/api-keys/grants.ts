import { ProblemException } from '../../platform/http/problems/problem.js';
import type { Caller } from '../caller.js';
import { ALL_SCOPES, allows, type Scope } from '../scopes.js';

/** What a key is to be able to do, and until when (`null`: for ever). */
export interface Grant {
  scopes: readonly string[];
  expiresAt: Date | null;
}

/** @throws ProblemException when the caller would grant what it may not do itself, or for longer than it may. */
export function assertMayGrant(caller: Pick<Caller, 'scopes' | 'accessEndsAt'>, { scopes, expiresAt }: Grant): void {
  const excess = scopes.filter((scope) => !mayGrant(caller.scopes, scope));
  if (excess.length > 0) {
    throw new ProblemException('forbidden', `A key can not grant what it may not do itself: ${excess.join(', ')}.`);
  }
  const { accessEndsAt } = caller;
  if (accessEndsAt !== null && (expiresAt === null || expiresAt > accessEndsAt)) {
    const end = accessEndsAt.toISOString();
    throw new ProblemException('forbidden', `This key ends on ${end}: it can not grant anything for longer.`);
  }
}

/** @throws ProblemException when a key may do what the caller may not: then the caller can neither change nor revoke it. */
export function assertNotStronger(caller: Pick<Caller, 'scopes'>, { scopes }: Pick<Grant, 'scopes'>): void {
  const excess = scopes.filter((scope) => !mayGrant(caller.scopes, scope));
  if (excess.length === 0) return;
  const detail = `That key may do more than this one (${excess.join(', ')}): change or revoke it with a key that may do the same.`;
  throw new ProblemException('forbidden', detail);
}

function mayGrant(granted: readonly string[], scope: string): boolean {
  return scope === ALL_SCOPES ? granted.includes(ALL_SCOPES) : allows(granted, scope as Scope);
}
