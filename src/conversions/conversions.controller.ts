import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { ConversionReader } from './conversion-reader.service.js';
import { ConversionListQuery, ConversionListResponse, ConversionResponse } from './conversions.dto.js';

@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions')
export class ConversionsController {
  constructor(private readonly conversions: ConversionReader) {}

  @Get()
  @RequireScope('conversions:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'List the conversions, newest first' })
  list(@CurrentCaller() caller: Caller, @Query() query: ConversionListQuery): Promise<ConversionListResponse> {
    return this.conversions.list(caller, query);
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
