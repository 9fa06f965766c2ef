import { Body, Controller, Get, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from './caller.js';
import { ShowsLinks, ShowsMoney } from './restrictions/restrictions.decorators.js';
import { Quotas } from './plans/quotas.service.js';
import type { Workspace } from './workspace.schema.js';
import { settingsOf } from './settings/workspace-settings.js';
import { WorkspaceSettingsService } from './settings/workspace-settings.service.js';
import {
  CreateWorkspaceRequest,
  UpdateWorkspaceRequest,
  UsageResponse,
  WorkspaceCreatedResponse,
  WorkspaceResponse,
} from './workspaces.dto.js';
import { WorkspacesService } from './workspaces.service.js';

@ApiTags('workspaces')
@ApiBearerAuth()
@Controller('api/v1/workspaces')
export class WorkspacesController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly settings: WorkspaceSettingsService,
    private readonly quotas: Quotas,
  ) {}

  @Post()
  @Idempotent()
  @RequireScope('workspaces:write')
  @ApiOperation({
    summary: 'Create a workspace with an owner and an API key with all scopes; only for keys of the first workspace',
  })
  async create(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateWorkspaceRequest,
  ): Promise<WorkspaceCreatedResponse> {
    const { workspace, apiKey } = await this.workspaces.createFor(caller, body.name);
    return { id: workspace._id, name: workspace.name, apiKey };
  }

  @Get('current')
  @RequireScope('workspaces:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read the workspace of the API key, with its settings' })
  async read(@InWorkspace() workspaceId: WorkspaceId): Promise<WorkspaceResponse> {
    return toResponse(await this.settings.read(workspaceId));
  }

  @Patch('current')
  @RequireScope('workspaces:write')
  @ApiOperation({ summary: 'Change the settings of the workspace of the API key; only the given fields change' })
  async change(@CurrentCaller() caller: Caller, @Body() body: UpdateWorkspaceRequest): Promise<WorkspaceResponse> {
    return toResponse(await this.settings.change(caller, body));
  }

  @Get('usage')
  @RequireScope('workspaces:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read the usage of the workspace and the limits of its plan' })
  async usage(@InWorkspace() workspaceId: WorkspaceId): Promise<UsageResponse> {
    const [{ plan }, usage] = await Promise.all([this.settings.read(workspaceId), this.quotas.usageOf(workspaceId)]);
    return { id: workspaceId, plan: plan?.name ?? 'unlimited', ...usage };
  }
}

function toResponse(workspace: Workspace): WorkspaceResponse {
  const { limits: _, ...settings } = settingsOf(workspace);
  return { id: workspace._id, name: workspace.name, ...settings };
}
