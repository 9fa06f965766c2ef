import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { QrQuery, QrWithLogoRequest } from './qr.dto.js';
import { QrCodes, type QrImage } from './qr-codes.service.js';

const IMAGE = {
  description: 'The image',
  content: {
    'image/svg+xml': { schema: { type: 'string' } },
    'image/png': { schema: { type: 'string', format: 'binary' } },
  },
} as const;

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links')
export class QrController {
  constructor(private readonly codes: QrCodes) {}

  @Get(':id/qr')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Get the QR code of the short link, as SVG or PNG' })
  @ApiOkResponse(IMAGE)
  async read(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: QrQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(request, reply, await this.codes.create(caller, id, query));
  }

  @Post(':id/qr')
  @HttpCode(200)
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Get the QR code with a logo in its middle; nothing is stored' })
  @ApiOkResponse(IMAGE)
  async make(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: QrWithLogoRequest,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await send(request, reply, await this.codes.create(caller, id, body));
  }
}

async function send(request: FastifyRequest, reply: FastifyReply, { type, body, etag }: QrImage): Promise<void> {
  const headers = {
    etag,
    'cache-control': 'private, max-age=3600',
    // An SVG that is opened directly is a page and could run scripts.
    'content-security-policy': "default-src 'none'; img-src data:; sandbox",
    'x-content-type-options': 'nosniff',
  };
  if (request.headers['if-none-match'] === etag) {
    await reply.status(304).headers(headers).send();
    return;
  }
  await reply.status(200).headers(headers).type(type).send(body);
}
