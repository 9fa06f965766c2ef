import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { definedOnly } from '../platform/collections/defined-only.js';
import { toListResponse } from '../platform/http/pagination.js';
import { ProblemException } from '../platform/http/problem.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import type { Postback } from './postback.schema.js';
import { PostbackListQuery, PostbackListResponse, PostbackResponse } from './postbacks.dto.js';
import { PostbacksRepository } from './postbacks.repository.js';

/** The postback log. */
@ApiTags('postbacks')
@ApiBearerAuth()
@Controller('api/v1/postbacks')
export class PostbacksController {
  constructor(private readonly postbacks: PostbacksRepository) {}

  @Get()
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'List the requests that networks made, newest first, each with its verdict' })
  async list(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: PostbackListQuery,
  ): Promise<PostbackListResponse> {
    const { limit, cursor, ...filter } = query;
    return toListResponse(await this.postbacks.page(workspaceId, definedOnly(filter), { limit, cursor }), toResponse);
  }

  @Get(':id')
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'Read one request with its verdict and hint' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<PostbackResponse> {
    const postback = await this.postbacks.findById(workspaceId, id);
    if (!postback) throw ProblemException.notFound('postback');
    return toResponse(postback);
  }
}

function toResponse(postback: Postback): PostbackResponse {
  return {
    id: postback._id,
    networkId: postback.networkId,
    receivedAt: postback.receivedAt.toISOString(),
    method: postback.method,
    path: postback.path,
    query: postback.query,
    body: postback.body,
    headers: Object.fromEntries(postback.headers.map(({ name, value }) => [name, value])),
    ip: postback.ip,
    verdict: postback.verdict,
    reason: postback.reason,
    hint: postback.hint,
    clickId: postback.clickId,
    linkId: postback.linkId,
    conversionId: postback.conversionId,
  };
}
