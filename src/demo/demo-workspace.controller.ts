import { Controller, Delete, Get, HttpCode, Post, Req } from '@nestjs/common';
import { ApiCookieAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiCanAnswer } from '../platform/http/openapi/openapi-errors.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { type Caller, CurrentCaller, CurrentPerson, RequireSignIn, type SignedIn } from '../workspaces/caller.js';
import { DeletionResponse } from '../workspaces/deletion/workspace-deletions.dto.js';
import type { DemoFill } from './demo-fill.schema.js';
import { DemoWorkspaceResponse } from './demo-workspace.dto.js';
import { DemoWorkspaces } from './demo-workspaces.service.js';

/** The demo workspace of the signed-in person. */
@ApiTags('demo')
@ApiCookieAuth()
@RequireSignIn()
@Controller('api/v1/demo-workspace')
export class DemoWorkspaceController {
  constructor(private readonly demos: DemoWorkspaces) {}

  @Post()
  @HttpCode(202)
  @ApiOperation({
    summary:
      'Create your demo workspace with 90 days of made-up traffic; answers with the existing one if you have one',
  })
  async create(
    @CurrentPerson() person: SignedIn,
    @CurrentCaller() caller: Caller | undefined,
  ): Promise<DemoWorkspaceResponse> {
    const fill = await this.demos.create(person, caller);
    return toResponse(fill);
  }

  @Get()
  @ApiCanAnswer(404)
  @ApiOperation({ summary: 'Read the progress of your demo workspace' })
  async read(@CurrentPerson() person: SignedIn): Promise<DemoWorkspaceResponse> {
    const fill = await this.demos.find(person);
    if (fill === undefined) throw ProblemException.notFound('demo workspace');
    return toResponse(fill);
  }

  @Delete()
  @HttpCode(202)
  @ApiOperation({ summary: 'Delete your demo workspace with all its data; nothing else is touched' })
  async delete(@CurrentPerson() person: SignedIn, @Req() { ip, id }: FastifyRequest): Promise<DeletionResponse> {
    const { _id, requestedAt } = await this.demos.delete(person, { ip, requestId: id });
    return { id: _id, status: 'deleting', requestedAt: requestedAt.toISOString(), finishedAt: null, deleted: {} };
  }
}

function toResponse({ workspaceId, state, clicks, postbacks, total }: DemoFill): DemoWorkspaceResponse {
  return { workspaceId, state, done: clicks + postbacks, total };
}
