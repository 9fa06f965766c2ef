import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { CurrentPerson, RequireSignIn, type SignedIn } from '../../workspaces/caller.js';

import type { Session } from '../sessions/session.schema.js';
import { SessionListResponse, SessionResponse } from './my-sessions.dto.js';
import { Sessions } from '../sessions/sessions.service.js';

@ApiTags('me')
@ApiCookieAuth()
@RequireSignIn()
@Controller('api/v1/me/sessions')
export class MySessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  @ApiOperation({ summary: 'List the browsers in which you are signed in, the last used first' })
  async list(@CurrentPerson() { userId, sessionId }: SignedIn): Promise<SessionListResponse> {
    const sessions = await this.sessions.listOf(userId);
    return { data: sessions.map((session) => toResponse(session, sessionId)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign a browser out at once; `others` signs out all but this one' })
  async end(@CurrentPerson() { userId, sessionId }: SignedIn, @Param('id') id: string): Promise<void> {
    if (id === 'others') await this.sessions.endOthers(userId, sessionId);
    else if (!(await this.sessions.end(userId, id))) {
      throw new ProblemException('not_found', 'You have no such session; it may have ended.');
    }
  }
}

function toResponse(session: Session, currentId: string): SessionResponse {
  const { _id, createdAt, lastSeenAt, authenticatedAt, expiresAt, method, device, place, ip } = session;
  return {
    id: _id,
    isCurrent: _id === currentId,
    method,
    device,
    place,
    ip,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    authenticatedAt: authenticatedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}
