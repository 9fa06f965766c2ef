import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { ApiKeyReadModel } from './api-key.read-model.js';
import type { ApiKey } from './api-key.schema.js';
import { couldBeApiKey, hashApiKey } from './api-key-format.js';
import { ApiKeyUse } from './api-key-use.service.js';
import { type AuthenticatedCaller, type Caller, UNRESTRICTED } from '../caller.js';
import { commonScopes } from '../scopes.js';
import { PEOPLE } from '../workspaces.ports.js';

interface ApiRequest {
  headers: { authorization?: string };
  ip: string;
  id: string;
}

/**
 * `Authorization: Bearer <api key>` (RFC 6750) → the caller. Key and owner are read for each request, so a revocation and a
 * lost right work at once.
 */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, 'api-key') {
  constructor(
    private readonly keys: ApiKeyReadModel,
    private readonly use: ApiKeyUse,
    private readonly ports: Ports,
  ) {
    super();
  }

  /** @throws ProblemException for a key that has expired or lost its owner, so that people see the reason. */
  async validate({ headers, ip, id }: ApiRequest): Promise<AuthenticatedCaller | false> {
    const key = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (key === undefined || !couldBeApiKey(key)) return false;
    const hash = hashApiKey(key);
    const found = await this.keys.findByHash(hash);
    if (!found) return false;
    const accessEndsAt = endOf(found, hash);
    if (accessEndsAt !== null && accessEndsAt.getTime() <= Date.now()) throw ended(found, hash, accessEndsAt);
    const rights = await this.rightsOf(found);
    this.use.record(found);
    return {
      workspaceId: found.workspaceId,
      actor: { kind: 'key', id: found._id, name: found.name },
      ...rights,
      userId: found.userId ?? null,
      accessEndsAt,
      ip,
      requestId: id,
      isClosing: found.isClosing ?? false,
    };
  }

  /** A person's key never grants more than the person has at the moment. */
  private async rightsOf({
    _id,
    workspaceId,
    userId,
    scopes,
    name,
  }: ApiKey): Promise<Pick<Caller, 'scopes' | 'restrictions' | 'accessIds'>> {
    if (userId === undefined) return { scopes, restrictions: UNRESTRICTED, accessIds: [_id] };
    const access = await this.ports.get(PEOPLE).findAccess(workspaceId, userId);
    if (access !== undefined) {
      const { restrictions, memberId } = access;
      return { scopes: commonScopes(scopes, access.scopes), restrictions, accessIds: [_id, memberId] };
    }
    const detail = `The owner of the API key "${name}" is no longer a member of the workspace: use another key.`;
    throw new ProblemException('unauthorized', detail, undefined, { 'www-authenticate': 'Bearer' });
  }
}

function endOf({ hash, expiresAt, oldValidUntil }: ApiKey, used: string): Date | null {
  const ends = [expiresAt, hash === used ? null : oldValidUntil].flatMap((end) => end ?? []);
  return ends.length === 0 ? null : new Date(Math.min(...ends.map((end) => end.getTime())));
}

function ended({ hash, name }: ApiKey, used: string, end: Date): ProblemException {
  const what =
    hash === used
      ? `The API key "${name}" expired on ${end.toISOString()}: use another one, or give it a later expiresAt.`
      : `The API key "${name}" was rotated, and this secret was valid until ${end.toISOString()}: use the new one.`;
  return new ProblemException('unauthorized', what, undefined, {
    'www-authenticate': 'Bearer error="invalid_token", error_description="The API key has expired"',
  });
}
