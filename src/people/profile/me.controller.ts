import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { trustedWorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { CurrentPerson, RequireFreshSignIn, RequireSignIn, type SignedIn } from '../../workspaces/caller.js';
import { Members } from '../members/members.service.js';
import { PasswordChanges } from '../passwords/password-changes.service.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { Sessions } from '../sessions/sessions.service.js';
import { BrowserSessions } from '../sign-in/browser-sessions.service.js';
import {
  ChangeEmailRequest,
  ChangePasswordRequest,
  MeResponse,
  SelectWorkspaceRequest,
  UpdateMeRequest,
} from './me.dto.js';
import { Me, type Profile } from './me.service.js';

@ApiTags('me')
@ApiCookieAuth()
@RequireSignIn()
@Controller('api/v1/me')
export class MeController {
  constructor(
    private readonly me: Me,
    private readonly members: Members,
    private readonly passwords: PasswordChanges,
    private readonly sessions: Sessions,
    private readonly browserSessions: BrowserSessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read your account, with your workspaces and your rights in the current one' })
  async read(@CurrentPerson() person: SignedIn): Promise<MeResponse> {
    return toResponse(await this.me.read(person.userId), person);
  }

  @Patch()
  @ApiOperation({ summary: 'Change your name' })
  async update(@CurrentPerson() person: SignedIn, @Body() { name }: UpdateMeRequest): Promise<MeResponse> {
    if (name !== undefined) await this.me.rename(person.userId, name);
    return toResponse(await this.me.read(person.userId), person);
  }

  @Post('workspace')
  @HttpCode(204)
  @ApiOperation({ summary: 'Switch this session to another of your workspaces' })
  async selectWorkspace(
    @CurrentPerson() person: SignedIn,
    @Body() { workspaceId }: SelectWorkspaceRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookie.set(reply, await this.me.selectWorkspace(person, workspaceId));
  }

  @Delete('workspaces/:workspaceId')
  @HttpCode(204)
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Leave a workspace; your API keys in it end' })
  async leave(
    @CurrentPerson() { userId, name }: SignedIn,
    @Param('workspaceId') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const actor = { kind: 'person' as const, id: userId, name };
    const author = { workspaceId: trustedWorkspaceId(id), actor, ip: request.ip, requestId: request.id };
    await this.members.leave(author, userId);
  }

  @Post('password')
  @HttpCode(204)
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Set a new password; all your other sessions end' })
  async changePassword(
    @CurrentPerson() { userId, sessionId }: SignedIn,
    @Body() { password }: ChangePasswordRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { device } = await this.browserSessions.describe(request);
    await this.passwords.change(await this.me.get(userId), password, sessionId, { device, ip: request.ip });
    const token = await this.sessions.renew(sessionId);
    if (token !== undefined) this.cookie.set(reply, token);
  }

  @Post('email')
  @HttpCode(202)
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Change your e-mail address; a link to the new address confirms it' })
  async changeEmail(@CurrentPerson() person: SignedIn, @Body() { email }: ChangeEmailRequest): Promise<void> {
    await this.me.requestEmailChange(person, email);
  }
}

function toResponse({ user, memberships }: Profile, { workspace, authenticatedAt }: SignedIn): MeResponse {
  return {
    id: user._id,
    email: user.email,
    name: user.name,
    createdAt: user.createdAt.toISOString(),
    hasPassword: user.passwordHash !== undefined,
    hasTotp: user.totp !== undefined,
    recoveryCodesLeft: user.recoveryCodes?.length ?? 0,
    passkeys: user.passkeys?.length ?? 0,
    scopes: workspace?.scopes ?? [],
    authenticatedAt: authenticatedAt.toISOString(),
    workspaces: memberships.map(({ workspaceId, workspace: { name, isDemo }, role, hidesMoney, linkLimits }) => ({
      id: workspaceId,
      name,
      role,
      hideMoney: hidesMoney,
      linkLimits: linkLimits && { tags: linkLimits.tags, campaigns: linkLimits.campaigns },
      isCurrent: workspaceId === workspace?.id,
      isDemo,
    })),
  };
}
