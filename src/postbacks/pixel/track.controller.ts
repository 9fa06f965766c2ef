import { Controller, Header, HttpCode, Options, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NetworkCache } from '../../networks/cache/network-cache.service.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Public } from '../../platform/http/public.decorator.js';
import { TakesBody } from '../../platform/http/bodies/route-body.js';
import { LimitedByAddress } from '../../platform/rate-limit/rate-limit.decorator.js';
import { ApiVerdicts } from '../api-verdicts.decorator.js';
import type { PostbackAnswer } from '../receive/receive-postback.dto.js';
import { toIncoming, usualTarget } from '../process/incoming-postback.js';
import { ProcessPostback } from '../process/process-postback.service.js';
import { secretKeyRefusal } from './secret-key.js';
import { readTrackBody, toForm } from './track-body.js';
import { TrackRequest } from './track.dto.js';

const FORM = 'application/x-www-form-urlencoded';

/** Reports of web pages, by the snippet or by another script. Any origin may send them; the key names the network. */
@ApiTags('pixel')
@Public()
@LimitedByAddress()
@Controller('api/v1/track')
export class TrackController {
  constructor(
    private readonly networks: NetworkCache,
    private readonly postbacks: ProcessPostback,
  ) {}

  @TakesBody({ any: 'bytes' })
  @Post()
  @HttpCode(200)
  @Header('access-control-allow-origin', '*')
  @Header('cross-origin-resource-policy', 'cross-origin')
  @Header('cache-control', 'no-store')
  @ApiBody({ type: TrackRequest })
  @ApiVerdicts('Rejected: see `reason`, and the postback log for a hint; or, as a problem, the body is not valid')
  @ApiOperation({ summary: 'Report a conversion from a web page: JSON, also as text/plain' })
  async track(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PostbackAnswer> {
    const report = await readTrackBody(request.body, request.headers['content-type']);
    const network = await this.networks.findByKey(report.key, request.ip);
    if (!network) throw new ProblemException('not_found', 'No network has this key.');
    const { headers, ip } = request;
    const target = usualTarget('pixel', report.key, '');
    const incoming = toIncoming({ method: 'POST', target, headers, ip }, { text: toForm(report), notices: [] }, FORM);
    const { postbackId, verdict, reason, conversionId } =
      report.key === network.pixelKey
        ? await this.postbacks.process(network, incoming)
        : await this.postbacks.refuse(network, incoming, secretKeyRefusal(network));
    if (verdict === 'rejected') reply.status(reason === 'secret_key' ? 403 : 422);
    return { verdict, ...(reason !== null && { reason }), ...(conversionId !== null && { conversionId }), postbackId };
  }

  /** Browsers send this before a page of another origin may post `application/json`. */
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
