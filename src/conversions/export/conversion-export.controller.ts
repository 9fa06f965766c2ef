import type { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { csvDownload } from '../../platform/csv/csv-download.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { visibleRows } from '../../workspaces/restrictions/rules/mask-amounts.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { ConversionExportQuery } from './conversion-export.dto.js';
import { CONVERSION_COLUMNS, ConversionExport } from './conversion-export.service.js';

@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions/export')
export class ConversionExportController {
  constructor(
    private readonly conversions: ConversionExport,
    private readonly audit: AuditLog,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  @Get()
  @RequireScope('conversions:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'Download the conversions as CSV, newest first' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentCaller() caller: Caller,
    @Query() { bom, ...query }: ConversionExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const { workspaceId } = caller;
    const resolved = await this.settings.resolveRange(workspaceId, query);
    await this.audit.record(caller, { action: 'conversions.exported', objectId: workspaceId, after: { ...query } });
    const rows = visibleRows(this.conversions.rows(caller, resolved), caller.restrictions);
    return csvDownload(reply, 'conversions', CONVERSION_COLUMNS, rows, { bom });
  }
}
