import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NetworkDirectory } from '../../networks/network-directory.service.js';
import { ProblemException } from '../../platform/http/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { PostbackIntake } from '../postback-intake.service.js';
import { queryOf } from '../reading/query-of.js';
import { CROSS_ORIGIN, withClickIdOfCookie } from './page-origin.js';

/** One transparent pixel, 43 bytes. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');

interface PixelAnswer {
  status: number;
  verdict?: string;
  reason?: string | null;
  headers?: Record<string, string>;
}

/** An image that tells of a conversion. It is an image whatever came of it: a broken one in the page helps nobody. */
@ApiTags('pixel')
@Public()
@Controller('pixel')
export class PixelController {
  constructor(
    private readonly networks: NetworkDirectory,
    private readonly intake: PostbackIntake,
  ) {}

  @Get(':key.gif')
  @ApiParam({ name: 'key', type: String })
  @ApiOperation({
    summary: 'Tell of a conversion by an image; the click id comes from the query or the cookie `hopback_click`',
  })
  @ApiOkResponse({
    description: 'Always a transparent pixel; `X-Hopback-Verdict` and `X-Hopback-Reason` say what came of it',
    content: { 'image/gif': { schema: { type: 'string', format: 'binary' } } },
  })
  async tell(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('key') key: string): Promise<void> {
    const { status, verdict, reason, headers = {} } = await this.receive(request, key);
    if (verdict !== undefined) reply.header('x-hopback-verdict', verdict);
    if (reason) reply.header('x-hopback-reason', reason);
    await reply
      .status(status)
      .headers({
        ...CROSS_ORIGIN,
        ...headers,
        'access-control-expose-headers': 'X-Hopback-Verdict, X-Hopback-Reason',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      })
      .type('image/gif')
      .send(GIF);
  }

  private async receive(request: FastifyRequest, key: string): Promise<PixelAnswer> {
    try {
      const network = await this.networks.findByKey(key);
      if (!network) return { status: 404 };
      // HEAD is routed to GET's handler: a link checker's HEAD must not make a conversion.
      if (request.method === 'HEAD') return { status: 200 };
      const query = queryOf(request.url);
      const { verdict, reason } = await this.intake.take(network, {
        method: 'GET',
        query: withClickIdOfCookie(query, request.headers.cookie),
        body: '',
        contentType: '',
        headers: request.headers,
        ip: request.ip,
        origin: 'pixel',
      });
      return { status: 200, verdict, reason };
    } catch (error) {
      if (error instanceof ProblemException) {
        return { status: error.getStatus(), reason: error.code, headers: error.headers };
      }
      if (isUnavailable(error)) return { status: 503, reason: 'unavailable', headers: { 'retry-after': '5' } };
      throw error;
    }
  }
}
