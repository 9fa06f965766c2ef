import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { ApiKeyReadModel } from './api-key.read-model.js';
import type { ApiKey } from './api-key.schema.js';
import { couldBeApiKey, hashApiKey } from './api-key-format.js';
import { ApiKeyUse } from './api-key-use.service.js';
import { type Caller, UNRESTRICTED } from '../caller.js';

export const API_KEY_STRATEGY = 'api-key';

interface ApiRequest {
  headers: { authorization?: string };
  ip: string;
  id: string;
}

/** `Authorization: Bearer <api key>` (RFC 6750) → the caller. The key is read for each request, so a revocation works at once. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, API_KEY_STRATEGY) {
  constructor(
    private readonly keys: ApiKeyReadModel,
    private readonly use: ApiKeyUse,
  ) {
    super();
  }

  /** @throws ProblemException for an expired key, so that its owner sees the reason. */
  async validate({ headers, ip, id }: ApiRequest): Promise<(Caller & { isClosing: boolean }) | false> {
    const key = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
    if (key === undefined || !couldBeApiKey(key)) return false;
    const hash = hashApiKey(key);
    const found = await this.keys.findByHash(hash);
    if (!found) return false;
    const accessEndsAt = endOf(found, hash);
    if (accessEndsAt !== null && accessEndsAt.getTime() <= Date.now()) throw ended(found, hash, accessEndsAt);
    this.use.record(found);
    return {
      workspaceId: found.workspaceId,
      actor: { kind: 'key', id: found._id, name: found.name },
      scopes: found.scopes,
      restrictions: UNRESTRICTED,
      userId: null,
      accessEndsAt,
      ip,
      requestId: id,
      isClosing: found.isClosing ?? false,
    };
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
