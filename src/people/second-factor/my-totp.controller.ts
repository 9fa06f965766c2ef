import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { CurrentPerson, RequireFreshSignIn, RequireSignIn, type SignedIn } from '../../workspaces/caller.js';
import { ConfirmTotpRequest, RecoveryCodesResponse, TotpSecretResponse } from '../profile/me.dto.js';
import { Me } from '../profile/me.service.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { Sessions } from '../sessions/sessions.service.js';
import { SecondFactorNotices } from './second-factor-notices.service.js';
import { SecondFactors } from './second-factors.service.js';

@ApiTags('me')
@ApiCookieAuth()
@RequireSignIn()
@RequireFreshSignIn()
@Controller('api/v1/me')
export class MyTotpController {
  constructor(
    private readonly me: Me,
    private readonly factors: SecondFactors,
    private readonly notices: SecondFactorNotices,
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('totp')
  @HttpCode(200)
  @ApiOperation({ summary: 'Create a secret for an authenticator app; it works after its first code is confirmed' })
  async begin(@CurrentPerson() { userId }: SignedIn): Promise<TotpSecretResponse> {
    return this.factors.begin(await this.me.get(userId));
  }

  @Post('totp/confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirm the authenticator app with a code; the answer has the recovery codes, only this once',
  })
  async confirm(
    @CurrentPerson() { userId, sessionId }: SignedIn,
    @Body() { code }: ConfirmTotpRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RecoveryCodesResponse> {
    const user = await this.me.get(userId);
    const recoveryCodes = await this.factors.confirm(user, code);
    const token = await this.sessions.renew(sessionId, { authenticatedAt: new Date() });
    if (token !== undefined) this.cookie.set(reply, token);
    await this.notices.send(user, 'app-added', request);
    return { recoveryCodes };
  }

  @Delete('totp')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the authenticator app and the recovery codes' })
  async remove(@CurrentPerson() { userId }: SignedIn, @Req() request: FastifyRequest): Promise<void> {
    const user = await this.me.get(userId);
    if (!(await this.factors.remove(userId))) {
      throw new ProblemException('not_found', 'There is no authenticator app.');
    }
    await this.notices.send(user, 'app-removed', request);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @ApiOperation({ summary: 'Create new recovery codes; the old ones end' })
  async renewRecoveryCodes(
    @CurrentPerson() { userId }: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodesResponse> {
    const user = await this.me.get(userId);
    const recoveryCodes = await this.factors.renewRecoveryCodes(user);
    await this.notices.send(user, 'recovery-codes-renewed', request);
    return { recoveryCodes };
  }
}
