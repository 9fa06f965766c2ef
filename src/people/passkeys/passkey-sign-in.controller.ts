import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { authenticateWith } from '../../platform/http/authenticate-with.js';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { Challenges } from '../challenges/challenges.service.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { BrowserSessions } from '../sign-in/browser-sessions.service.js';
import { ChallengeCookies } from '../sign-in/challenge-cookies.service.js';
import { SignInResponse } from '../sign-in/sign-in.dto.js';
import { PasskeySignInOptionsResponse } from './passkey-options.dto.js';
import { type PasskeyOwner, PasskeyStrategy } from './passkey.strategy.js';
import { PasskeySignInRequest } from './passkeys.dto.js';
import { WebAuthnService } from './webauthn.service.js';

@ApiTags('sign-in')
@Public()
@LimitedByAddress()
@Controller('api/v1/auth/passkey')
export class PasskeySignInController {
  constructor(
    private readonly webAuthn: WebAuthnService,
    private readonly strategy: PasskeyStrategy,
    private readonly challenges: Challenges,
    private readonly challengeCookies: ChallengeCookies,
    private readonly sessionCookie: SessionCookie,
    private readonly browserSessions: BrowserSessions,
  ) {}

  @Post('options')
  @ApiCanAnswer(403)
  @HttpCode(200)
  @ApiOperation({ summary: 'Begin a sign-in with a passkey; the answer sets a cookie for its challenge' })
  async begin(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PasskeySignInOptionsResponse> {
    this.webAuthn.assertIsPossible();
    this.sessionCookie.assertMaySignIn(request);
    const options = await this.webAuthn.createSignInOptions();
    const data = { challenge: options.challenge };
    const token = await this.challenges.create({ purpose: 'passkey-sign-in', userId: null, data });
    this.challengeCookies.set(reply, 'passkey-sign-in', token);
    return options;
  }

  @Post('verify')
  @ApiCanAnswer(401, 403)
  @HttpCode(200)
  @ApiOperation({ summary: 'Sign in with the answer of the authenticator; the answer sets the cookie of the session' })
  async verify(
    @Body() _body: PasskeySignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignInResponse> {
    this.webAuthn.assertIsPossible();
    this.sessionCookie.assertMaySignIn(request);
    const owner = await authenticateWith<PasskeyOwner>(this.strategy, request, reply);
    if (owner === undefined) throw new ProblemException('unauthorized', 'Give the answer of the authenticator.');
    const { user, isUserVerified } = owner;
    this.challengeCookies.remove(reply, 'passkey-sign-in');
    if (!isUserVerified && user.totp !== undefined) {
      this.challengeCookies.set(reply, 'totp', await this.challenges.create({ purpose: 'totp', userId: user._id }));
      return { next: 'totp' };
    }
    await this.browserSessions.start({ user, method: 'passkey' }, request, reply);
    return { next: null };
  }
}
