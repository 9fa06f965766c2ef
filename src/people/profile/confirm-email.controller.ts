import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/public.decorator.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { LinkTokenRequest } from '../sign-in/sign-in.dto.js';
import { Me } from './me.service.js';

@ApiTags('sign-in')
@Public()
@LimitedByAddress()
@Controller('api/v1/auth/email')
export class ConfirmEmailController {
  constructor(
    private readonly me: Me,
    private readonly cookie: SessionCookie,
  ) {}

  @Post('confirm')
  @HttpCode(204)
  @ApiOperation({ summary: 'Confirm a new e-mail address by the link that was sent to it' })
  async confirm(@Body() { token }: LinkTokenRequest, @Req() request: FastifyRequest): Promise<void> {
    this.cookie.assertMaySignIn(request);
    await this.me.confirmEmailChange(token);
  }
}
