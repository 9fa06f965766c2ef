import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import type { BulkReplay } from './bulk-replay.schema.js';
import { type BulkReplayFilter, BulkReplayResponse, CreateBulkReplayRequest } from './bulk-replays.dto.js';
import { BulkReplays } from './bulk-replays.service.js';

const FILTER_RANGE = { from: 'filter.from', to: 'filter.to' };

/** Creates, shows and cancels bulk replays. */
@ApiTags('postbacks')
@ApiBearerAuth()
@Controller('api/v1/postbacks')
export class BulkReplaysController {
  constructor(
    private readonly replays: BulkReplays,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  @Post('replay')
  @HttpCode(202)
  @Idempotent()
  @RequireScope('postbacks:write')
  @ApiOperation({ summary: 'Run many requests again by the current mapping, oldest first; runs in the background' })
  async create(
    @InWorkspace() workspaceId: WorkspaceId,
    @Body() { filter, dryRun = false }: CreateBulkReplayRequest,
  ): Promise<BulkReplayResponse> {
    const resolved = await this.settings.resolveRange(workspaceId, { ...filter }, FILTER_RANGE);
    return toResponse(await this.replays.create(workspaceId, resolved, dryRun));
  }

  @Get('replays/:id')
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'Get the progress of a bulk replay' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<BulkReplayResponse> {
    return toResponse(await this.replays.read(workspaceId, id));
  }

  @Post('replays/:id/cancel')
  @HttpCode(200)
  @RequireScope('postbacks:write')
  @ApiOperation({ summary: 'Cancel a bulk replay; results so far are kept' })
  async cancel(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<BulkReplayResponse> {
    return toResponse(await this.replays.cancel(workspaceId, id));
  }
}

function toResponse(replay: BulkReplay): BulkReplayResponse {
  const { _id, state, dryRun, filter, total, done, counts, createdAt, updatedAt } = replay;
  return {
    id: _id,
    state,
    dryRun,
    filter: filter as BulkReplayFilter,
    total,
    done,
    counts,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
