import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { NetworkDirectory } from '../networks/network-directory.service.js';
import { ProblemException } from '../platform/http/problem.js';
import { Public } from '../platform/http/public.decorator.js';
import { PostbackAnswer } from './postback.dto.js';
import { answerTo, unknownKey } from './postback-answer.js';
import { PostbackIntake } from './postback-intake.service.js';
import { queryOf } from './reading/query-of.js';

const MAX_BODY_BYTES = 64 * 1024;
const TOO_LARGE = 'A postback body has at most 64 KiB.';

/** Where networks post to. The key in the path is what lets them. Plain GETs are answered before they come here: see PlainPostbacks. */
@ApiTags('postback')
@Public()
@Controller('postback')
export class PostbackController {
  constructor(
    private readonly networks: NetworkDirectory,
    private readonly intake: PostbackIntake,
  ) {}

  @Get(':key')
  @ApiUnprocessableEntityResponse({
    type: PostbackAnswer,
    description: 'Rejected: see `reason`, and the postback log for a hint',
  })
  @ApiParam({ name: 'key', type: String })
  @ApiOperation({ summary: 'Receive a postback: parameters in the query' })
  get(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('key') key: string,
  ): Promise<PostbackAnswer | string> {
    return this.receive(request, reply, key);
  }

  @Post(':key')
  @HttpCode(200)
  @ApiUnprocessableEntityResponse({
    type: PostbackAnswer,
    description: 'Rejected: see `reason`, and the postback log for a hint',
  })
  @ApiParam({ name: 'key', type: String })
  @ApiOperation({ summary: 'Receive a postback: parameters in query, form or JSON body' })
  post(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('key') key: string,
  ): Promise<PostbackAnswer | string> {
    return this.receive(request, reply, key);
  }

  private async receive(request: FastifyRequest, reply: FastifyReply, key: string): Promise<PostbackAnswer | string> {
    // HEAD is routed to GET's handler: a link checker's HEAD must not make a conversion.
    if (request.method === 'HEAD') throw new ProblemException('method_not_allowed', 'Send a postback by GET or POST.');
    const network = await this.networks.findByKey(key);
    if (!network || key === network.pixelKey) throw unknownKey();
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const incoming = {
      method: request.method,
      query: queryOf(request.url),
      body: body.toString('utf8', 0, MAX_BODY_BYTES),
      contentType: request.headers['content-type'] ?? '',
      headers: request.headers,
      ip: request.ip,
    };
    if (body.length > MAX_BODY_BYTES) {
      await this.intake.refuse(network, incoming, 'malformed_request', TOO_LARGE);
      throw new ProblemException('payload_too_large', TOO_LARGE);
    }
    const { status, body: answer } = answerTo(network, await this.intake.take(network, incoming));
    reply.status(status);
    if (typeof answer === 'string') reply.type('text/plain; charset=utf-8');
    return answer;
  }
}
