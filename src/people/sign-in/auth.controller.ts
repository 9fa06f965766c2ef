import { Body, Controller, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Settings } from '../../platform/config/settings.js';
import { SETTINGS } from '../../platform/config/settings.token.js';
import { authenticateWith } from '../../platform/http/authenticate-with.js';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { Challenges } from '../challenges/challenges.service.js';
import { FirstOwner } from '../first-owner/first-owner.service.js';
import { Mailer } from '../mail/mailer.service.js';
import { canUsePasskeys } from '../rules/passkey-host.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import type { User } from '../users/user.schema.js';
import { BrowserSessions } from './browser-sessions.service.js';
import { ChallengeCookies } from './challenge-cookies.service.js';
import { PasswordStrategy } from './password.strategy.js';
import {
  CreateOwnerRequest,
  SignInCodeRequest,
  SignInMethodsResponse,
  SignInRequest,
  SignInResponse,
} from './sign-in.dto.js';
import { TotpStrategy } from './totp.strategy.js';

const SIGNED_IN: SignInResponse = { next: null };

@ApiTags('sign-in')
// Attempts are limited by SignInThrottle and SecondFactorThrottle, and not by address alone: that would let a flood from a shared
// address lock out a known device.
@Public()
@Controller('api/v1/auth')
export class AuthController {
  constructor(
    private readonly owner: FirstOwner,
    private readonly passwordStrategy: PasswordStrategy,
    private readonly totpStrategy: TotpStrategy,
    private readonly challenges: Challenges,
    private readonly challengeCookies: ChallengeCookies,
    private readonly sessionCookie: SessionCookie,
    private readonly browserSessions: BrowserSessions,
    private readonly mailer: Mailer,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  @Get('methods')
  @LimitedByAddress()
  @ApiOperation({ summary: 'List the ways to sign in on this server' })
  async methods(): Promise<SignInMethodsResponse> {
    const { oidc, publicUrl, hasPasswordLogin } = this.settings;
    return {
      needsOwner: await this.owner.isMissing(),
      password: hasPasswordLogin,
      passkey: canUsePasskeys(publicUrl),
      oidc: oidc === undefined ? null : { name: oidc.name, url: `${publicUrl}/api/v1/auth/oidc` },
      mail: this.mailer.isConfigured,
    };
  }

  @Post('owner')
  @LimitedByAddress()
  @ApiCanAnswer(403)
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign up as the first owner, with the link that the start of the server printed' })
  async createOwner(
    @Body() body: CreateOwnerRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    this.sessionCookie.assertMaySignIn(request);
    const { user, workspaceId } = await this.owner.create({ ...body, ip: request.ip, requestId: request.id });
    await this.browserSessions.start({ user, method: 'owner', workspaceId }, request, reply);
    return SIGNED_IN;
  }

  @Post('sign-in')
  @ApiCanAnswer(401, 403, 429)
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with e-mail address and password; the answer sets the cookie of the session' })
  async signIn(
    @Body() _body: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    this.sessionCookie.assertMaySignIn(request);
    const user = await authenticateWith<User>(this.passwordStrategy, request, reply);
    if (user === undefined) throw new ProblemException('unauthorized', 'Give e-mail address and password.');
    if (user.totp === undefined) {
      await this.browserSessions.start({ user, method: 'password' }, request, reply);
      return SIGNED_IN;
    }
    this.challengeCookies.set(reply, 'totp', await this.challenges.create({ purpose: 'totp', userId: user._id }));
    return { next: 'totp' };
  }

  @Post('totp')
  @ApiCanAnswer(401, 403, 429)
  @HttpCode(200)
  @ApiOperation({ summary: 'Complete a sign-in with a code of the authenticator app, or with a recovery code' })
  async signInWithCode(
    @Body() _body: SignInCodeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    this.sessionCookie.assertMaySignIn(request);
    const user = await authenticateWith<User>(this.totpStrategy, request, reply);
    if (user === undefined) throw new ProblemException('unauthorized', 'Give the code of your authenticator app.');
    this.challengeCookies.remove(reply, 'totp');
    await this.browserSessions.start({ user, method: 'totp' }, request, reply);
    return SIGNED_IN;
  }

  @Post('sign-out')
  @ApiCanAnswer(403)
  @HttpCode(204)
  @ApiOperation({ summary: 'End the session of this browser' })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    this.sessionCookie.assertMaySignIn(request);
    await this.browserSessions.end(request, reply);
  }
}
