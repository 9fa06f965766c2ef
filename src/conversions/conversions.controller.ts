import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { ConversionReader } from './conversion-reader.service.js';
import { ConversionTotalsService } from './conversion-totals.service.js';
import {
  ConversionFilterQuery,
  ConversionListQuery,
  ConversionListResponse,
  ConversionResponse,
  ConversionTotalsResponse,
} from './conversions.dto.js';

@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions')
export class ConversionsController {
  constructor(
    private readonly conversions: ConversionReader,
    private readonly totals: ConversionTotalsService,
  ) {}

  @Get()
  @RequireScope('conversions:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'List the conversions, newest first' })
  list(@CurrentCaller() caller: Caller, @Query() query: ConversionListQuery): Promise<ConversionListResponse> {
    return this.conversions.list(caller, query);
  }

  @Get('totals')
  @RequireScope('conversions:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Sum up the conversions of a list: counts by status and event type, and amounts' })
  readTotals(
    @CurrentCaller() caller: Caller,
    @Query() query: ConversionFilterQuery,
  ): Promise<ConversionTotalsResponse> {
    return this.totals.read(caller, query);
  }

  @Get(':id')
  @RequireScope('conversions:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Read a conversion with its history' })
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ConversionResponse> {
    return this.conversions.read(caller, id);
  }
}
