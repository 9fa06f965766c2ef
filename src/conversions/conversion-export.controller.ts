import type { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { csvDownload } from '../platform/csv/csv-download.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import { ConversionExportQuery } from './conversion-export.dto.js';
import { CONVERSION_COLUMNS, ConversionExport } from './conversion-export.service.js';

@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions/export')
export class ConversionExportController {
  constructor(private readonly conversions: ConversionExport) {}

  @Get()
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'Download the conversions as CSV, newest first' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  export(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: ConversionExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    return csvDownload(reply, 'conversions', CONVERSION_COLUMNS, this.conversions.rows(workspaceId, query));
  }
}
