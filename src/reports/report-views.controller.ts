import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClientSignal } from '../platform/http/requests/client-signal.decorator.js';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
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
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'Metrics by hour, day, week or month, without gaps' })
  timeseries(
    @CurrentCaller() caller: Caller,
    @Query() query: TimeseriesQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<TimeseriesResponse> {
    return this.views.timeseries(caller, query, gone);
  }

  @Get('funnel')
  @RequireScope('reports:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'The steps from the click to the approved conversion' })
  funnel(
    @CurrentCaller() caller: Caller,
    @Query() query: FunnelQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<FunnelResponse> {
    return this.views.funnel(caller, query, gone);
  }

  @Get('heatmap')
  @RequireScope('reports:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'Metrics by hour of the week' })
  heatmap(
    @CurrentCaller() caller: Caller,
    @Query() query: ReportPeriodQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<HeatmapResponse> {
    return this.views.heatmap(caller, query, gone);
  }

  @Get('values')
  @RequireScope('reports:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'List the values of a dimension, for choosing a filter' })
  values(
    @CurrentCaller() caller: Caller,
    @Query() query: DimensionValuesQuery,
    @ClientSignal() gone: AbortSignal,
  ): Promise<DimensionValuesResponse> {
    return this.views.values(caller, query, gone);
  }

  @Get('metrics')
  @RequireScope('reports:read')
  @ShowsLinks('never')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'List all metrics with their formulas, and all dimensions' })
  async metrics(@CurrentCaller() caller: Caller): Promise<MetricListResponse> {
    return { metrics: await this.catalogue.list(caller), dimensions: [...REPORT_DIMENSIONS] };
  }
}
