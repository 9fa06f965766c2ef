import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { Public } from '../../platform/http/public.decorator.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { SessionAccess } from '../sessions/session-access.service.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { Sessions } from '../sessions/sessions.service.js';
import { BrowserSessions } from '../sign-in/browser-sessions.service.js';
import {
  AcceptInvitationRequest,
  LinkTokenRequest,
  ShownInvitationResponse,
  SignInResponse,
} from '../sign-in/sign-in.dto.js';
import { InvitationAcceptance } from './invitation-acceptance.service.js';

@ApiTags('sign-in')
@Public()
@LimitedByAddress()
@Controller('api/v1/auth/invitations')
export class AcceptInvitationController {
  constructor(
    private readonly invitations: InvitationAcceptance,
    private readonly access: SessionAccess,
    private readonly sessions: Sessions,
    private readonly sessionCookie: SessionCookie,
    private readonly browserSessions: BrowserSessions,
  ) {}

  @Post('show')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show an invitation to the holder of its link' })
  async show(@Body() { token }: LinkTokenRequest): Promise<ShownInvitationResponse> {
    const { invitation, workspaceName, hasAccount } = await this.invitations.show(token);
    const { email, role, invitedBy, expiresAt } = invitation;
    return { email, workspaceName, role, invitedBy: invitedBy.name, hasAccount, expiresAt: expiresAt.toISOString() };
  }

  @Post('accept')
  @ApiCanAnswer(403)
  @HttpCode(200)
  @ApiOperation({
    summary: 'Accept an invitation: signed in as the invited person, or with name and password of a new account',
  })
  async accept(
    @Body() body: AcceptInvitationRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    this.sessionCookie.assertMaySignIn(request);
    const signedIn = await this.access.findSignedIn(request);
    const by = { userId: signedIn?.userId, ip: request.ip, requestId: request.id };
    const { user, workspaceId } = await this.invitations.accept({ ...body, ...by });
    if (signedIn === undefined) {
      await this.browserSessions.start({ user, method: 'invitation', workspaceId }, request, reply);
      return { next: null };
    }
    const renewed = await this.sessions.renew(signedIn.sessionId, { currentWorkspaceId: workspaceId });
    if (renewed !== undefined) this.sessionCookie.set(reply, renewed);
    return { next: null };
  }
}
