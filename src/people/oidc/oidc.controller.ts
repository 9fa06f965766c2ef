import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { OidcFailure } from '../rules/oidc-failure.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { OidcClient } from './oidc-client.service.js';
import { BeginOidcRequest, BeginOidcResponse } from './oidc.dto.js';
import { OidcSignIns } from './oidc-sign-ins.service.js';

@ApiTags('sign-in')
@Public()
@LimitedByAddress()
@ApiCanAnswer(403)
@Controller('api/v1/auth/oidc')
export class OidcController {
  constructor(
    private readonly client: OidcClient,
    private readonly signIns: OidcSignIns,
    private readonly sessionCookie: SessionCookie,
  ) {}

  // Another site may link here, such as the start page of the provider. It signs the visitor in to their own account only.
  @Get()
  @ApiOperation({ summary: 'Sign in with the OpenID provider: redirects the browser to it' })
  @ApiResponse({ status: 302, description: 'To the provider, or to the sign-in page with `#error=<code>`.' })
  async redirect(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.assertIsPossible(request);
    const url = await this.signIns.begin(request, reply).catch((error: unknown) => {
      return `/app/sign-in#error=${codeOf(error)}`;
    });
    await reply.header('cache-control', 'no-store').redirect(url, 302);
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Begin a sign-in with the OpenID provider, also to accept an invitation or as the first owner',
  })
  async begin(
    @Body() purpose: BeginOidcRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BeginOidcResponse> {
    this.assertIsPossible(request);
    this.sessionCookie.assertMaySignIn(request);
    return { url: await orUnavailable(this.signIns.begin(request, reply, purpose)) };
  }

  @Get('callback')
  @ApiOperation({ summary: 'Complete a sign-in: the OpenID provider redirects the browser here' })
  @ApiResponse({ status: 303, description: 'To the application, or to the sign-in page with `#error=<code>`.' })
  async complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.assertIsPossible(request);
    const page = await this.signIns.complete(request, reply).catch((error: unknown) => {
      return `/app/sign-in#error=${codeOf(error)}`;
    });
    await reply.header('cache-control', 'no-store').redirect(page, 303);
  }

  private assertIsPossible(request: FastifyRequest): void {
    this.sessionCookie.assertOnPublicHost(request);
    void this.client.settings;
  }
}

/** @throws ProblemException 503 when the provider does not answer as it should. */
export async function orUnavailable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof OidcFailure) throw new ProblemException('unavailable', UNREACHABLE);
    throw error;
  }
}

function codeOf(error: unknown): string {
  if (error instanceof OidcFailure) return error.code;
  throw error;
}

const UNREACHABLE = 'The OpenID provider does not answer as it should: try again, or sign in in another way.';
