import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../../platform/http/pagination.js';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import {
  CreateUtmTemplateRequest,
  toUtmTemplateResponse,
  UpdateUtmTemplateRequest,
  UtmTemplateListResponse,
  UtmTemplateResponse,
} from './utm-templates.dto.js';
import { UtmTemplates } from './utm-templates.service.js';

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/utm-templates')
export class UtmTemplatesController {
  constructor(private readonly templates: UtmTemplates) {}

  @Post()
  @Idempotent()
  @RequireScope('links:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Create a set of campaign parameters that links can copy' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateUtmTemplateRequest): Promise<UtmTemplateResponse> {
    return toUtmTemplateResponse(await this.templates.create(caller, body));
  }

  @Get()
  @RequireScope('links:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the sets of campaign parameters, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<UtmTemplateListResponse> {
    return toListResponse(await this.templates.page(workspaceId, query), toUtmTemplateResponse);
  }

  @Get(':id')
  @RequireScope('links:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read a set of campaign parameters' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<UtmTemplateResponse> {
    return toUtmTemplateResponse(await this.templates.read(workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('links:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Change a set of campaign parameters; links that copied it do not change' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateUtmTemplateRequest,
  ): Promise<UtmTemplateResponse> {
    return toUtmTemplateResponse(await this.templates.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('links:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Delete a set of campaign parameters; links that copied it do not change' })
  async delete(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.templates.delete(caller, id);
  }
}
