import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import { ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { ConversionReader } from './conversion-reader.service.js';
import { ConversionListQuery, ConversionListResponse, ConversionResponse } from './conversions.dto.js';

@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions')
export class ConversionsController {
  constructor(private readonly conversions: ConversionReader) {}

  @Get()
  @RequireScope('conversions:read')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'List the conversions, newest first' })
  list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: ConversionListQuery): Promise<ConversionListResponse> {
    return this.conversions.list(workspaceId, query);
  }

  @Get(':id')
  @RequireScope('conversions:read')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Read a conversion with its history' })
  read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<ConversionResponse> {
    return this.conversions.read(workspaceId, id);
  }
}
