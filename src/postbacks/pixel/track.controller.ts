import { Controller, Header, HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NetworkCache } from '../../networks/network-cache.service.js';
import { ProblemException } from '../../platform/http/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { PostbackAnswer } from '../postback.dto.js';
import { PostbackIntake } from '../postback-intake.service.js';
import type { IncomingPostback } from '../postback-receiver.service.js';
import { secretKeyRefusal } from './secret-key.js';
import { readTrackBody, toForm } from './track-body.js';
import { TrackRequest } from './track.dto.js';

/** Where pages tell of conversions, by the snippet or by hand. Any origin may; the network's key says whose it is. */
@ApiTags('pixel')
@Public()
@LimitedByAddress()
@Controller('api/v1/track')
export class TrackController {
  constructor(
    private readonly networks: NetworkCache,
    private readonly intake: PostbackIntake,
  ) {}

  @Post()
  @HttpCode(200)
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Header('cache-control', 'no-store')
  @ApiBody({ type: TrackRequest })
  @ApiUnprocessableEntityResponse({
    type: PostbackAnswer,
    description: 'Rejected: see `reason`, and the postback log for a hint; or, as a problem, the body is not valid',
  })
  @ApiOperation({ summary: 'Tell of a conversion from a page: JSON, also as text/plain' })
  async track(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostbackAnswer> {
    const told = await readTrackBody(request.body, request.headers['content-type']);
    const network = await this.networks.findByKey(told.key, request.ip);
    if (!network) throw new ProblemException('not_found', 'No network has this key.');
    const incoming: IncomingPostback = {
      method: 'POST',
      query: '',
      body: toForm(told),
      contentType: 'application/x-www-form-urlencoded',
      headers: request.headers,
      ip: request.ip,
      origin: 'pixel',
    };
    const { postbackId, verdict, reason, conversionId } =
      told.key === network.pixelKey
        ? await this.intake.take(network, incoming)
        : await this.intake.refuse(network, incoming, secretKeyRefusal(network));
    if (verdict === 'rejected') reply.status(reason === 'secret_key' ? 403 : 422);
    return { verdict, ...(reason !== null && { reason }), ...(conversionId !== null && { conversionId }), postbackId };
  }

  /** What a browser asks before a page of another origin may send `application/json`. */
  @Options()
  @HttpCode(204)
  @Header('access-control-allow-origin', '*')
  @Header('access-control-allow-methods', 'POST')
  @Header('access-control-allow-headers', 'Content-Type')
  @Header('access-control-max-age', '86400')
  @ApiNoContentResponse({ description: 'Any origin may post JSON, without credentials' })
  @ApiOperation({ summary: 'CORS preflight' })
  preflight(): void {
    // The headers are the answer.
  }
}
