import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/public.decorator.js';
import { CROSS_ORIGIN } from './page-origin.js';
import { SNIPPET, SNIPPET_ETAG } from './snippet.js';

/** The script for the customer's web pages; see docs/pixel.md. */
@ApiTags('pixel')
@Public()
@Controller('hopback.js')
export class SnippetController {
  @Get()
  @ApiOperation({ summary: 'The script that keeps the click id, reports events and adds the click id to links' })
  @ApiOkResponse({ content: { 'text/javascript': { schema: { type: 'string' } } } })
  async serve(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.headers({
      ...CROSS_ORIGIN,
      'cache-control': 'public, max-age=3600',
      etag: SNIPPET_ETAG,
      'x-content-type-options': 'nosniff',
    });
    const known = request.headers['if-none-match'] ?? '';
    if (known.includes(SNIPPET_ETAG) || known.trim() === '*') await reply.status(304).send();
    else await reply.type('text/javascript; charset=utf-8').send(SNIPPET);
  }
}
