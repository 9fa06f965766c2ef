import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy } from 'passport-custom';
import { ApiKeyReadModel } from './api-key.read-model.js';
import { couldBeApiKey, hashApiKey } from './api-key-format.js';
import type { Caller } from './caller.js';

export const API_KEY_STRATEGY = 'api-key';

/** `Authorization: Bearer <api key>` (RFC 6750) → the caller. */
@Injectable()
export class ApiKeyStrategy extends PassportStrategy(Strategy, API_KEY_STRATEGY) {
  constructor(private readonly keys: ApiKeyReadModel) {
    super();
  }

  async validate(request: { headers: { authorization?: string } }): Promise<Caller | false> {
    const key = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (key === undefined || !couldBeApiKey(key)) return false;
    const found = await this.keys.findByHash(hashApiKey(key));
    return found ? { workspaceId: found.workspaceId, keyId: found._id, scopes: found.scopes } : false;
  }
}
