import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPerson, RequireFreshSignIn, RequireSignIn, type SignedIn } from '../../workspaces/caller.js';
import { Me } from '../profile/me.service.js';
import { SecondFactorNotices } from '../second-factor/second-factor-notices.service.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { Sessions } from '../sessions/sessions.service.js';
import { BrowserSessions } from '../sign-in/browser-sessions.service.js';
import { ChallengeCookies } from '../sign-in/challenge-cookies.service.js';
import type { Passkey } from '../users/user.schema.js';
import { PasskeyRegistrationOptionsResponse } from './passkey-options.dto.js';
import { AddPasskeyRequest, PasskeyListResponse, PasskeyResponse, RenamePasskeyRequest } from './passkeys.dto.js';
import { Passkeys } from './passkeys.service.js';
import { passkeyId } from './rules/passkey-id.js';

@ApiTags('me')
@ApiCookieAuth()
@RequireSignIn()
@Controller('api/v1/me/passkeys')
export class MyPasskeysController {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly me: Me,
    private readonly notices: SecondFactorNotices,
    private readonly sessions: Sessions,
    private readonly browserSessions: BrowserSessions,
    private readonly cookie: SessionCookie,
    private readonly challengeCookies: ChallengeCookies,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List your passkeys, the oldest first' })
  async list(@CurrentPerson() { userId }: SignedIn): Promise<PasskeyListResponse> {
    return { data: (await this.passkeys.listOf(userId)).map(toResponse) };
  }

  @Post('options')
  @HttpCode(200)
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Begin to add a passkey; the answer sets a cookie for its challenge' })
  async begin(
    @CurrentPerson() person: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyRegistrationOptionsResponse> {
    const { options, token } = await this.passkeys.begin(person);
    this.challengeCookies.set(reply, 'passkey-registration', token);
    return options;
  }

  @Post()
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Add a passkey with the answer of the authenticator; at most 20' })
  async add(
    @CurrentPerson() person: SignedIn,
    @Body() { name, response }: AddPasskeyRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeyResponse> {
    const givenName = name ?? (await this.browserSessions.describe(request)).device;
    const passkey = await this.passkeys.add(
      person,
      this.challengeCookies.read(request, 'passkey-registration'),
      response,
      givenName,
    );
    this.challengeCookies.remove(reply, 'passkey-registration');
    const token = await this.sessions.renew(person.sessionId);
    if (token !== undefined) this.cookie.set(reply, token);
    await this.notices.send(await this.me.get(person.userId), 'passkey-added', request, passkey.name);
    return toResponse(passkey);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rename a passkey' })
  async rename(
    @CurrentPerson() { userId }: SignedIn,
    @Param('id') id: string,
    @Body() { name }: RenamePasskeyRequest,
  ): Promise<PasskeyResponse> {
    return toResponse(await this.passkeys.rename(userId, id, name));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Remove a passkey, unless it is your only way to sign in' })
  async remove(
    @CurrentPerson() { userId }: SignedIn,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const { name } = await this.passkeys.remove(userId, id);
    await this.notices.send(await this.me.get(userId), 'passkey-removed', request, name);
  }
}

function toResponse({ _id, name, createdAt, lastUsedAt, isBackedUp }: Passkey): PasskeyResponse {
  return {
    id: passkeyId(_id),
    name,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    isBackedUp,
  };
}
