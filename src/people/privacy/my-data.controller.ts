import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, HttpCode, Req, Res } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPerson, RequireFreshSignIn, RequireSignIn, type SignedIn } from '../../workspaces/caller.js';
import { Me } from '../profile/me.service.js';
import { SessionCookie } from '../sessions/session-cookie.service.js';
import { DeleteMeRequest } from './my-data.dto.js';
import { PersonPrivacy } from './person-privacy.service.js';

@ApiTags('me')
@ApiCookieAuth()
@RequireSignIn()
@RequireFreshSignIn()
@Controller('api/v1/me')
export class MyDataController {
  constructor(
    private readonly me: Me,
    private readonly privacy: PersonPrivacy,
    private readonly cookie: SessionCookie,
  ) {}

  @Get('export')
  @ApiOperation({ summary: 'Download all that is stored about you, without secrets, as newline-delimited JSON' })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentPerson() { userId }: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const user = await this.me.get(userId);
    void reply.headers({
      'content-type': 'application/x-ndjson; charset=utf-8',
      'content-disposition': 'attachment; filename="my-data.ndjson"',
      'cache-control': 'no-store',
    });
    // For a HEAD request, Fastify would read the whole stream.
    return reply.request.method === 'HEAD' ? undefined : Readable.from(this.privacy.export(user));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete your account; audit logs keep your changes, without name and address' })
  async delete(
    @CurrentPerson() { userId }: SignedIn,
    @Body() { confirm }: DeleteMeRequest,
    @Req() { id: requestId }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.privacy.delete(await this.me.get(userId), confirm, { requestId });
    this.cookie.remove(reply);
  }
}
