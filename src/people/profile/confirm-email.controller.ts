import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { Public } from '../../platform/http/public.decorator.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { addCookie, SessionCookie } from '../sessions/session-cookie.service.js';
import { DeviceCookies } from '../sign-in/device-cookies.service.js';
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
    private readonly devices: DeviceCookies,
  ) {}

  @Post('confirm')
  @ApiCanAnswer(403)
  @HttpCode(204)
  @ApiOperation({ summary: 'Confirm a new e-mail address by the link that was sent to it' })
  async confirm(
    @Body() { token }: LinkTokenRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    this.cookie.assertMaySignIn(request);
    const { before, after } = await this.me.confirmEmailChange(token);
    const cookies = request.headers.cookie ?? '';
    // Device cookies are for an address: a known device stays known under the new one.
    const isKnown = this.devices.findDevice(cookies, before, Date.now()) !== undefined;
    if (isKnown) addCookie(reply, this.devices.create(cookies, after, Date.now()));
  }
}
