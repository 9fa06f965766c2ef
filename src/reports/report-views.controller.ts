import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientSignal } from '../platform/http/requests/client-signal.decorator.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import { MetricCatalogue } from './formulas/metric-catalogue.service.js';
import {
  DimensionValuesQuery,
  DimensionValuesResponse,
  FunnelQuery,
  FunnelResponse,
  HeatmapResponse,
  MetricListResponse,
  TimeseriesQuery,
  TimeseriesResponse,
} from './report-views.dto.js';
import { ReportViewsService } from './report-views.service.js';
import { ReportPeriodQuery } from './reports.dto.js';
import { REPORT_DIMENSIONS } from './rules/dimensions.js';

@ApiTags('reports')
@ApiBearerAuth()
@Controller('api/v1/reports')
export class ReportViewsController {
  constructor(
    private readonly views: ReportViewsService,
    private readonly catalogue: MetricCatalogue,
  ) {}

  @Get('timeseries')
  @RequireScope('reports:read')
  @ApiOperation({ summary: 'Metrics by hour, day, week or month, without gaps' })
  timeseries(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: TimeseriesQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<TimeseriesResponse> {
    return this.views.timeseries(workspaceId, query, gone);
  }

  @Get('funnel')
  @RequireScope('reports:read')
  @ApiOperation({ summary: 'The steps from the click to the approved conversion' })
  funnel(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: FunnelQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<FunnelResponse> {
    return this.views.funnel(workspaceId, query, gone);
  }

  @Get('heatmap')
  @RequireScope('reports:read')
  @ApiOperation({ summary: 'Metrics by hour of the week' })
  heatmap(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: ReportPeriodQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<HeatmapResponse> {
    return this.views.heatmap(workspaceId, query, gone);
  }

  @Get('values')
  @RequireScope('reports:read')
  @ApiOperation({ summary: 'List the values of a dimension, for choosing a filter' })
  values(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: DimensionValuesQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<DimensionValuesResponse> {
    return this.views.values(workspaceId, query, gone);
  }

  @Get('metrics')
  @RequireScope('reports:read')
  @ApiOperation({ summary: 'List all metrics with their formulas, and all dimensions' })
  async metrics(@InWorkspace() workspaceId: WorkspaceId): Promise<MetricListResponse> {
    return { metrics: await this.catalogue.list(workspaceId), dimensions: [...REPORT_DIMENSIONS] };
  }
}
