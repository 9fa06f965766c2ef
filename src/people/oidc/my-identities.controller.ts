import { Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPerson, RequireFreshSignIn, RequireSignIn, type SignedIn } from '../../workspaces/caller.js';
import { SecondFactorNotices } from '../second-factor/second-factor-notices.service.js';
import { Identities, identityId } from './identities.service.js';
import { orUnavailable } from './oidc.controller.js';
import { BeginOidcResponse, IdentityListResponse } from './oidc.dto.js';
import { OidcSignIns } from './oidc-sign-ins.service.js';

@ApiTags('me')
@ApiCookieAuth()
@RequireSignIn()
@Controller('api/v1/me/identities')
export class MyIdentitiesController {
  constructor(
    private readonly identities: Identities,
    private readonly signIns: OidcSignIns,
    private readonly notices: SecondFactorNotices,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List your accounts at OpenID providers' })
  async list(@CurrentPerson() { userId }: SignedIn): Promise<IdentityListResponse> {
    const identities = await this.identities.listOf(userId);
    return {
      data: identities.map(({ issuer, subject }) => ({ id: identityId({ issuer, subject }), issuer, subject })),
    };
  }

  @Post('oidc')
  @HttpCode(200)
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Begin to link your account at the OpenID provider' })
  async begin(
    @CurrentPerson() person: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BeginOidcResponse> {
    return { url: await orUnavailable(this.signIns.beginLinking(person, reply)) };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Unlink an account at an OpenID provider; your last way to sign in stays' })
  async remove(
    @CurrentPerson() { userId }: SignedIn,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const user = await this.identities.remove(userId, id);
    await this.notices.send(user, 'identity-removed', request);
  }
}
