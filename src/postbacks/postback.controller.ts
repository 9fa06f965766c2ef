import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { ApiOperation, ApiParam, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Network } from '../networks/network.schema.js';
import { NetworksService } from '../networks/networks.service.js';
import { ProblemException } from '../platform/http/problem.js';
import { isUnavailable } from '../platform/mongo/mongo-errors.js';
import { MongoWatch } from '../platform/mongo/mongo-watch.service.js';
import { Public } from '../platform/http/public.decorator.js';
import { PostbackAnswer } from './postback.dto.js';
import { PostbackIntake } from './postback-intake.service.js';
import { type PostbackOutcome, PostbackReceiver } from './postback-receiver.service.js';

const MAX_BODY_BYTES = 64 * 1024;
const TOO_LARGE = 'A postback body has at most 64 KiB.';

/** Where networks post to. The key in the path is what lets them. */
@ApiTags('postback')
@Public()
@Controller('postback')
export class PostbackController {
  /** Networks as they were last seen, for while MongoDB is away. */
  private readonly seen = new LRUCache<string, Network>({ max: 10_000 });

  constructor(
    private readonly networks: NetworksService,
    private readonly receiver: PostbackReceiver,
    private readonly intake: PostbackIntake,
    private readonly mongo: MongoWatch,
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
  ): Promise<PostbackAnswer> {
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
  ): Promise<PostbackAnswer> {
    return this.receive(request, reply, key);
  }

  private async findNetwork(key: string): Promise<Network | undefined> {
    const seen = this.seen.get(key);
    if (seen !== undefined && !this.mongo.isAnswering) return seen;
    try {
      const network = await this.networks.findByKey(key);
      if (network) this.seen.set(key, network);
      else this.seen.delete(key);
      return network;
    } catch (error) {
      if (seen === undefined || !isUnavailable(error)) throw error;
      return seen;
    }
  }

  private async receive(request: FastifyRequest, reply: FastifyReply, key: string): Promise<PostbackAnswer> {
    // HEAD is routed to GET's handler: a link checker's HEAD must not make a conversion.
    if (request.method === 'HEAD') throw new ProblemException('method_not_allowed', 'Send a postback by GET or POST.');
    const network = await this.findNetwork(key);
    if (!network) throw new ProblemException('not_found', 'No network has this key: copy the postback URL again.');
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const questionMark = request.url.indexOf('?');
    const incoming = {
      method: request.method,
      query: questionMark < 0 ? '' : request.url.slice(questionMark + 1),
      body: body.toString('utf8', 0, MAX_BODY_BYTES),
      contentType: request.headers['content-type'] ?? '',
      headers: request.headers,
      ip: request.ip,
    };
    if (body.length > MAX_BODY_BYTES) {
      await this.receiver.refuse(network, incoming, 'malformed_request', TOO_LARGE);
      throw new ProblemException('payload_too_large', TOO_LARGE);
    }
    const { postbackId, verdict, reason, conversionId } = await this.intake.take(network, incoming);
    reply.status(statusOf({ verdict, reason }, network));
    return { verdict, ...(reason !== null && { reason }), ...(conversionId !== null && { conversionId }), postbackId };
  }
}

function statusOf({ verdict, reason }: Pick<PostbackOutcome, 'verdict' | 'reason'>, { answer }: Network): number {
  if (verdict !== 'rejected' || answer.alwaysOk) return 200;
  return reason === 'not_allowed' ? 403 : 422;
}
