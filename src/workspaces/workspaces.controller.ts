import { Body, Controller, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import { RequireScope } from './caller.js';
import { CreateWorkspaceRequest, WorkspaceCreatedResponse } from './workspaces.dto.js';
import { WorkspacesService } from './workspaces.service.js';

@ApiTags('workspaces')
@ApiBearerAuth()
@Controller('api/v1/workspaces')
export class WorkspacesController {
  constructor(private readonly workspaces: WorkspacesService) {}

  @Post()
  @Idempotent()
  @RequireScope('workspaces:write')
  @ApiOperation({ summary: 'Create a workspace with an owner and an API key that may do everything in it' })
  async create(@Body() body: CreateWorkspaceRequest): Promise<WorkspaceCreatedResponse> {
    const { workspace, apiKey } = await this.workspaces.create(body.name);
    return { id: workspace._id, name: workspace.name, apiKey };
  }
}
