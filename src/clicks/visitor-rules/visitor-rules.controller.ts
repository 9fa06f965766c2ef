import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../../platform/http/pagination.js';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { VisitorRulePreviewService } from './visitor-rule-preview.service.js';
import {
  CreateVisitorRuleRequest,
  PreviewVisitorRuleRequest,
  toVisitorRuleResponse,
  UpdateVisitorRuleRequest,
  VisitorRuleListResponse,
  VisitorRulePreviewResponse,
  VisitorRuleResponse,
} from './visitor-rules.dto.js';
import { VisitorRulesService } from './visitor-rules.service.js';

@ApiTags('clicks')
@ApiBearerAuth()
@Controller('api/v1/visitor-rules')
export class VisitorRulesController {
  constructor(
    private readonly rules: VisitorRulesService,
    private readonly previews: VisitorRulePreviewService,
  ) {}

  @Post()
  @Idempotent()
  @RequireScope('clicks:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Create a rule that marks visits as bots’ or people’s; it applies to later clicks' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateVisitorRuleRequest): Promise<VisitorRuleResponse> {
    return toVisitorRuleResponse(await this.rules.create(caller, body));
  }

  @Get()
  @RequireScope('clicks:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the visitor rules, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<VisitorRuleListResponse> {
    return toListResponse(await this.rules.page(workspaceId, query), toVisitorRuleResponse);
  }

  @Post('preview')
  @HttpCode(200)
  @RequireScope('clicks:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Preview what a rule would have changed in the last 30 days; nothing is stored' })
  async preview(
    @InWorkspace() workspaceId: WorkspaceId,
    @Body() body: PreviewVisitorRuleRequest,
  ): Promise<VisitorRulePreviewResponse> {
    return this.previews.preview(workspaceId, body);
  }

  @Get(':id')
  @RequireScope('clicks:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read a visitor rule' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<VisitorRuleResponse> {
    return toVisitorRuleResponse(await this.rules.get(workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('clicks:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Change a visitor rule; clicks that are stored stay as they are' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateVisitorRuleRequest,
  ): Promise<VisitorRuleResponse> {
    return toVisitorRuleResponse(await this.rules.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('clicks:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Delete a visitor rule; clicks that are stored stay as they are' })
  async delete(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.rules.delete(caller, id);
  }
}
