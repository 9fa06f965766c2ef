import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { MappingChangePreview } from './mapping-change-preview.service.js';
import type { MappingChange } from './mapping-change.schema.js';
import { MappingChangePreviewResponse, MappingChangeRequest, MappingChangeResponse } from './mapping-changes.dto.js';
import { MappingChanges } from './mapping-changes.service.js';

/** Changes how a network's requests are read: shows the effect before, and can be undone for some seconds. */
@ApiTags('networks')
@ApiBearerAuth()
@Controller('api/v1/networks')
export class MappingChangesController {
  constructor(
    private readonly changes: MappingChanges,
    private readonly previews: MappingChangePreview,
  ) {}

  @Post(':id/mapping-changes/preview')
  @HttpCode(200)
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'Preview the effect of a changed mapping on the waiting postbacks; nothing is stored' })
  preview(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Body() body: MappingChangeRequest,
  ): Promise<MappingChangePreviewResponse> {
    return this.previews.preview(workspaceId, id, body);
  }

  @Post(':id/mapping-changes')
  @Idempotent()
  @RequireScope('networks:write')
  @ApiOperation({
    summary: 'Change the mapping of a network at once; its waiting postbacks are run again after the time for an undo',
  })
  async create(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: MappingChangeRequest,
  ): Promise<MappingChangeResponse> {
    return toResponse(await this.changes.create(caller, id, body));
  }

  @Get(':id/mapping-changes/:changeId')
  @RequireScope('networks:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Get the state of a mapping change, and the progress of its waiting postbacks' })
  async read(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Param('changeId') changeId: string,
  ): Promise<MappingChangeResponse> {
    return toResponse(await this.changes.read(workspaceId, id, changeId));
  }

  @Post(':id/mapping-changes/:changeId/undo')
  @HttpCode(200)
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Undo a mapping change before its waiting postbacks are run again' })
  async undo(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Param('changeId') changeId: string,
  ): Promise<MappingChangeResponse> {
    return toResponse(await this.changes.undo(caller, id, changeId));
  }

  @Post(':id/mapping-changes/:changeId/run')
  @HttpCode(200)
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Run the waiting postbacks again at once; the change can then no longer be undone' })
  async run(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Param('changeId') changeId: string,
  ): Promise<MappingChangeResponse> {
    return toResponse(await this.changes.runNow(workspaceId, id, changeId));
  }
}

function toResponse(change: MappingChange): MappingChangeResponse {
  const { _id, networkId, undoUntil, state, rerun, createdAt } = change;
  return {
    id: _id,
    networkId,
    undoUntil: undoUntil.toISOString(),
    state,
    rerun,
    createdAt: createdAt.toISOString(),
  };
}
