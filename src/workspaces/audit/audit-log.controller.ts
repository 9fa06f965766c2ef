import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { toListResponse } from '../../platform/http/pagination.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { parseTime } from '../../platform/time/parse-time.js';
import { InWorkspace, RequireScope } from '../caller.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { AuditEntryResponse, AuditLogQuery, AuditLogResponse } from './audit-log.dto.js';
import type { AuditEntry } from './audit-entry.schema.js';
import { AuditLog } from './audit-log.service.js';

@ApiTags('audit-log')
@ApiBearerAuth()
@Controller('api/v1/audit-log')
export class AuditLogController {
  constructor(
    private readonly audit: AuditLog,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  @Get()
  @RequireScope('audit:read')
  @ApiOperation({ summary: 'List the changes in the workspace and their authors, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: AuditLogQuery): Promise<AuditLogResponse> {
    const { from = '', to = '', ...rest } = await this.settings.resolveRange(workspaceId, query);
    const filter = { ...rest, from: parseTime(from), to: parseTime(to) };
    return toListResponse(await this.audit.page(workspaceId, filter, query), toResponse);
  }
}

function toResponse(entry: AuditEntry): AuditEntryResponse {
  const { _id, at, actor, ip, requestId, action, objectId, before, after } = entry;
  return { id: _id, at: at.toISOString(), actor, ip, requestId, action, objectId, before, after };
}
