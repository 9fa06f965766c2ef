import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../../workspaces/caller.js';
import {
  CreateReportFormulaRequest,
  ReportFormulaListResponse,
  ReportFormulaResponse,
  UpdateReportFormulaRequest,
} from './report-formulas.dto.js';
import type { ReportFormula } from './report-formula.schema.js';
import { ReportFormulasService } from './report-formulas.service.js';
import { ShowsLinks } from '../../workspaces/restrictions/restrictions.decorators.js';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports/formulas')
export class ReportFormulasController {
  constructor(private readonly formulas: ReportFormulasService) {}

  @Get()
  @RequireScope('reports:read')
  @ShowsLinks('never')
  @ApiOperation({ summary: "List the workspace's own metrics" })
  async list(@InWorkspace() workspaceId: WorkspaceId): Promise<ReportFormulaListResponse> {
    return { data: (await this.formulas.list(workspaceId)).map(toResponse) };
  }

  @Post()
  @Idempotent()
  @RequireScope('reports:write')
  @ApiOperation({ summary: 'Define a metric by a formula over other metrics' })
  async create(
    @CurrentCaller() caller: Caller,
    @Body() { name, expression, unit = 'number' }: CreateReportFormulaRequest,
  ): Promise<ReportFormulaResponse> {
    return toResponse(await this.formulas.create(caller, { name, expression, unit }));
  }

  @Patch(':id')
  @RequireScope('reports:write')
  @ApiOperation({ summary: 'Change a formula; only the given fields change' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateReportFormulaRequest,
  ): Promise<ReportFormulaResponse> {
    return toResponse(await this.formulas.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('reports:write')
  @ApiOperation({ summary: 'Delete a formula that no other formula uses' })
  @ApiNoContentResponse()
  delete(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    return this.formulas.delete(caller, id);
  }
}

function toResponse({ _id, name, expression, unit, createdAt, updatedAt }: ReportFormula): ReportFormulaResponse {
  return {
    id: _id,
    name,
    expression,
    unit,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
