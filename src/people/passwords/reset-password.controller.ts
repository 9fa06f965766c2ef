import { Body, Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { addCookie, SessionCookie } from '../sessions/session-cookie.service.js';
import { BrowserSessions } from '../sign-in/browser-sessions.service.js';
import { DeviceCookies } from '../sign-in/device-cookies.service.js';
import { PasswordResetThrottle } from '../sign-in/password-reset-throttle.service.js';
import { ForgotPasswordRequest, ResetPasswordRequest } from '../sign-in/sign-in.dto.js';
import { PasswordChanges } from './password-changes.service.js';

@ApiTags('sign-in')
@Public()
@LimitedByAddress()
@ApiCanAnswer(403)
@Controller('api/v1/auth/password')
export class ResetPasswordController {
  constructor(
    private readonly changes: PasswordChanges,
    private readonly throttle: PasswordResetThrottle,
    private readonly devices: DeviceCookies,
    private readonly browserSessions: BrowserSessions,
    private readonly sessionCookie: SessionCookie,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Post('forgot')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send a link to reset the password, if the address has an account; the answer does not tell',
  })
  async forgot(@Body() { email }: ForgotPasswordRequest, @Req() request: FastifyRequest): Promise<void> {
    this.sessionCookie.assertMaySignIn(request);
    const { waitSeconds, maySend } = await this.throttle.count(email, request.ip);
    if (waitSeconds > 0) {
      const detail = `Too many links were asked for from your address: try again in ${waitSeconds} seconds.`;
      throw new ProblemException('too_many_requests', detail, undefined, { 'retry-after': String(waitSeconds) });
    }
    // In the background, so that the time of the answer does not tell whether there is an account.
    if (maySend) void this.send(email, request);
  }

  @Post('reset')
  @HttpCode(204)
  @ApiOperation({ summary: 'Set a new password by the link of a mail; all sessions end' })
  async reset(
    @Body() { token, password }: ResetPasswordRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.sessionCookie.assertMaySignIn(request);
    const { device } = await this.browserSessions.describe(request);
    const { email } = await this.changes.reset(token, password, { device, ip: request.ip });
    // The mail has proved the person, so guesses of others cannot keep this browser from signing in.
    addCookie(reply, this.devices.create(request.headers.cookie ?? '', email, Date.now()));
  }

  private async send(email: string, request: FastifyRequest): Promise<void> {
    try {
      const { device } = await this.browserSessions.describe(request);
      await this.changes.sendReset(email, { device, ip: request.ip });
    } catch (error) {
      this.logger.error({ err: error }, 'a link to reset a password was not sent; the person can ask again');
    }
  }
}
