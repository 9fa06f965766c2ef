import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { toListResponse } from '../../platform/http/pagination.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import {
  AbuseReportListResponse,
  AbuseReportResponse,
  AbuseReportsQuery,
  ResolveAbuseReportRequest,
  toAbuseReportResponse,
} from './abuse-reports.dto.js';
import { AbuseReports } from './abuse-reports.service.js';

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/abuse-reports')
export class AbuseReportsController {
  constructor(private readonly reports: AbuseReports) {}

  @Get()
  @RequireScope('links:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the abuse reports about your links, newest first' })
  async list(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: AbuseReportsQuery,
  ): Promise<AbuseReportListResponse> {
    return toListResponse(await this.reports.page(workspaceId, query, query), toAbuseReportResponse);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @RequireScope('links:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Mark a report as resolved; the link is not changed' })
  async resolve(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Body() body: ResolveAbuseReportRequest,
  ): Promise<AbuseReportResponse> {
    return toAbuseReportResponse(await this.reports.resolve(workspaceId, id, body.note ?? null));
  }
}
