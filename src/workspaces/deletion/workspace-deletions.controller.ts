import { Body, Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequireFreshSignIn, RequireScope, WhileDeleting } from '../caller.js';
import { ShowsLinks, ShowsMoney } from '../restrictions/restrictions.decorators.js';
import { DeletionResponse, DeleteWorkspaceRequest } from './workspace-deletions.dto.js';
import type { WorkspaceDeletion } from './workspace-deletion.schema.js';
import { WorkspaceDeletions } from './workspace-deletions.service.js';

@ApiTags('workspaces')
@ApiBearerAuth()
@Controller('api/v1/workspaces')
export class WorkspaceDeletionsController {
  constructor(private readonly deletions: WorkspaceDeletions) {}

  @Delete('current')
  @HttpCode(202)
  @RequireScope('workspaces:delete')
  @RequireFreshSignIn()
  @ApiOperation({
    summary: 'Delete the workspace of the API key with all its data; its links and keys stop at once, permanently',
  })
  async delete(
    @CurrentCaller() caller: Caller,
    @Body() { confirm }: DeleteWorkspaceRequest,
  ): Promise<DeletionResponse> {
    return toResponse(await this.deletions.begin(caller, confirm));
  }

  @Get(':id/deletion')
  @WhileDeleting()
  @RequireScope('workspaces:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read the progress of the deletion of a workspace (`current`, or its id)' })
  async progress(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<DeletionResponse> {
    const { workspaceId, deletion } = await this.deletions.progress(caller, id);
    return deletion === undefined ? none(workspaceId) : toResponse(deletion);
  }
}

function none(id: string): DeletionResponse {
  return { id, status: 'none', requestedAt: null, finishedAt: null, deleted: {} };
}

function toResponse({ _id, requestedAt, finishedAt, deleted }: WorkspaceDeletion): DeletionResponse {
  return {
    id: _id,
    status: finishedAt === null ? 'deleting' : 'deleted',
    requestedAt: requestedAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
    deleted,
  };
}
