import type { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { type CsvColumn, csvDownload } from '../../platform/csv/csv-download.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { toQuery } from './postback-filter.js';
import { PostbackExportQuery } from './postback-export.dto.js';
import type { Postback } from '../postback.schema.js';
import { PostbacksRepository } from '../postbacks.repository.js';

/** All fields except the headers, which only the log shows. */
const COLUMNS: CsvColumn<Postback>[] = [
  { name: 'id', cell: ({ _id }) => _id },
  { name: 'receivedAt', cell: ({ receivedAt }) => receivedAt.toISOString() },
  { name: 'networkId', cell: ({ networkId }) => networkId },
  { name: 'verdict', cell: ({ verdict }) => verdict },
  { name: 'reason', cell: ({ reason }) => reason },
  { name: 'hint', cell: ({ hint }) => hint },
  { name: 'clickId', cell: ({ clickId }) => clickId },
  { name: 'linkId', cell: ({ linkId }) => linkId },
  { name: 'conversionId', cell: ({ conversionId }) => conversionId },
  { name: 'ip', cell: ({ ip }) => ip },
  { name: 'method', cell: ({ method }) => method },
  { name: 'path', cell: ({ path }) => path },
  { name: 'query', cell: ({ query }) => query },
  { name: 'body', cell: ({ body }) => body },
];

@ApiTags('postbacks')
@ApiBearerAuth()
@Controller('api/v1/postbacks/export')
export class PostbackExportController {
  constructor(
    private readonly postbacks: PostbacksRepository,
    private readonly audit: AuditLog,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  @Get()
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'Download the postback log as CSV, newest first; secrets are masked' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentCaller() caller: Caller,
    @Query() { waiting, bom, ...query }: PostbackExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const { workspaceId } = caller;
    const resolved = await this.settings.resolveRange(workspaceId, query);
    await this.audit.record(caller, {
      action: 'postbacks.exported',
      objectId: workspaceId,
      after: { waiting, ...query },
    });
    const filter = toQuery({ ...resolved, waiting: waiting === 'true' }, new Date()) as Within<Postback>;
    return csvDownload(reply, 'postbacks', COLUMNS, this.postbacks.stream(workspaceId, filter), { bom });
  }
}
