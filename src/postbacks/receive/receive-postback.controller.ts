import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NetworkCache } from '../../networks/cache/network-cache.service.js';
import { Public } from '../../platform/http/public.decorator.js';
import type { ReceivedBytes } from '../../platform/http/requests/read-bytes.js';
import { usualTarget } from '../process/incoming-postback.js';
import { PostbackRequests } from './postback-requests.service.js';
import { ApiCanAnswer } from '../../platform/http/openapi/openapi-errors.js';
import { TakesBody } from '../../platform/http/bodies/route-body.js';
import { answerOrText, ApiVerdictsOrText } from '../api-verdicts.decorator.js';
import { unknownKey } from './postback-answer.js';
import { MAX_BODY_BYTES } from '../rules/reading/body-text.js';
import { queryOf } from '../rules/reading/query-of.js';

/**
 * The documented routes of postbacks. Requests from the network are answered earlier and by the same rules, in
 * PostbackEndpoint.
 */
@ApiTags('postback')
@Public()
@ApiCanAnswer(429)
@Controller('postback')
export class ReceivePostbackController {
  constructor(
    private readonly networks: NetworkCache,
    private readonly requests: PostbackRequests,
  ) {}

  @Get(':key')
  @ApiOkResponse({ content: answerOrText() })
  @ApiVerdictsOrText('Rejected: see `reason`, and the postback log for a hint')
  @ApiParam({ name: 'key', type: String })
  @ApiOperation({ summary: 'Receive a postback: parameters in the query' })
  get(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('key') key: string,
  ): Promise<string> {
    return this.receive(request, reply, key);
  }

  @TakesBody({ any: 'bytes' })
  @Post(':key')
  @HttpCode(200)
  @ApiOkResponse({ content: answerOrText() })
  @ApiVerdictsOrText('Rejected: see `reason`, and the postback log for a hint')
  @ApiParam({ name: 'key', type: String })
  @ApiOperation({ summary: 'Receive a postback: parameters in query, form (also multipart) or JSON body' })
  post(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('key') key: string,
  ): Promise<string> {
    return this.receive(request, reply, key);
  }

  private async receive(request: FastifyRequest, reply: FastifyReply, key: string): Promise<string> {
    const network = await this.networks.findByKey(key, request.ip);
    if (!network || key === network.pixelKey) throw unknownKey();
    const { method, headers, ip, url, body } = request;
    const target = usualTarget('postback', key, queryOf(url));
    const answer = await this.requests.answer(network, { method, target, headers, ip }, receivedOf(body));
    reply
      .status(answer.status)
      .headers(answer.headers ?? {})
      .type(answer.type);
    return answer.text;
  }
}

function receivedOf(body: unknown): ReceivedBytes | undefined {
  if (!Buffer.isBuffer(body)) return undefined;
  const state = body.length > MAX_BODY_BYTES ? 'cut' : 'whole';
  return { bytes: body.subarray(0, MAX_BODY_BYTES), state };
}
