import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/public.decorator.js';
import { TakesBody } from '../../platform/http/bodies/route-body.js';
import { hostnameOf } from '../../domains/rules/hostname.js';
import { formFields, sendPage } from '../pages/form.js';
import { UnlockService } from './unlock.service.js';

/** Receives the form of the password page, on every domain with links. */
@ApiExcludeController()
@Public()
@Controller('_')
export class UnlockController {
  constructor(private readonly service: UnlockService) {}

  @TakesBody({ any: 'bytes' })
  @Post('unlock')
  @HttpCode(200)
  async unlock(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const fields = formFields(request);
    const claimed = request.headers['x-forwarded-proto'];
    const outcome = await this.service.unlock({
      hostname: hostnameOf(request.headers.host ?? ''),
      slug: fields.get('slug') ?? '',
      query: fields.get('query') ?? '',
      password: fields.get('password') ?? '',
      address: request.ip,
      cookie: request.headers.cookie ?? '',
      // Accepted from any proxy, as it can only make the cookie stricter.
      isSecure: request.protocol === 'https' || /^https\b/i.test(String(claimed ?? '')),
    });
    if ('location' in outcome) {
      await reply
        .status(303)
        .headers({ ...outcome.headers, 'cache-control': 'no-store' })
        .redirect(outcome.location, 303);
      return;
    }
    await sendPage(reply, outcome);
  }
}
