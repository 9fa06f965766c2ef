import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Network } from '../../networks/network.schema.js';
import { NetworkCache } from '../../networks/cache/network-cache.service.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { Public } from '../../platform/http/public.decorator.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { RateLimits } from '../../platform/rate-limit/rate-limits.service.js';
import { type IncomingPostback, NO_BODY, type Refusal, toIncoming, usualTarget } from '../process/incoming-postback.js';
import { ProcessPostback } from '../process/process-postback.service.js';
import { pixelTargetOf } from './pixel-target.js';
import { CROSS_ORIGIN, withClickIdOfCookie } from './page-origin.js';
import { secretKeyRefusal } from './secret-key.js';
import { queryOf } from '../rules/reading/query-of.js';

/** One transparent pixel, 43 bytes. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64');
const HEAD_IGNORED = {
  verdict: 'ignored',
  reason: null,
  hint: 'HEAD only checks that the URL exists, as link checkers do, and reports no conversion. Report conversions by GET.',
} as const;

interface PixelAnswer {
  status: number;
  verdict?: string;
  reason?: string | null;
  headers?: Record<string, string>;
}

/** An image that reports a conversion. The answer is always an image, because visitors must not see a broken one. */
@ApiTags('pixel')
@Public()
@ApiCanAnswer(429)
@Controller('pixel')
export class PixelController {
  constructor(
    private readonly networks: NetworkCache,
    private readonly postbacks: ProcessPostback,
    private readonly limits: RateLimits,
  ) {}

  @Get(':key.gif')
  @ApiParam({ name: 'key', type: String })
  @ApiOperation({
    summary: 'Report a conversion by an image; the click id comes from the query or the cookie `hopback_click`',
  })
  @ApiOkResponse({
    description: 'Always a transparent pixel; `X-Hopback-Verdict` and `X-Hopback-Reason` have the result',
    content: { 'image/gif': { schema: { type: 'string', format: 'binary' } } },
  })
  async report(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('key') key: string): Promise<void> {
    const { status, verdict, reason, headers = {} } = await this.receive(request, reply, key);
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

  private async receive(request: FastifyRequest, reply: FastifyReply, key: string): Promise<PixelAnswer> {
    try {
      // Not by LimitedByAddress, because this answer must be an image, too.
      await this.limits.admitAddress(request.ip, reply);
      const network = await this.networks.findByKey(key, request.ip);
      if (!network) return { status: 404 };
      const incoming = incomingOf(request, key);
      // HEAD is routed to GET's handler, and a link checker's HEAD must not create a conversion.
      const refusal = request.method === 'HEAD' ? HEAD_IGNORED : refusalOf(network, key);
      const { verdict, reason } = refusal
        ? await this.postbacks.refuse(network, incoming, refusal)
        : await this.postbacks.process(network, incoming);
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

function refusalOf(network: Network, key: string): Refusal | undefined {
  return key === network.pixelKey ? undefined : secretKeyRefusal(network);
}

function incomingOf({ raw, method, headers, ip }: FastifyRequest, key: string): IncomingPostback {
  // `/%70ixel/KEY.gif` is routed here, too.
  const sent = pixelTargetOf(raw) ?? usualTarget('pixel', key, queryOf(raw.url ?? ''));
  const isUsual = sent.before === '/pixel/' && sent.after === '.gif';
  const query = withClickIdOfCookie(sent.query, headers.cookie);
  const target = { ...sent, kind: 'pixel' as const, query, ...(isUsual && { before: '', after: '' }) };
  return toIncoming({ method, target, headers, ip }, NO_BODY, '');
}
