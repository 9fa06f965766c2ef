import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ImportJobs } from '../../imports/import-jobs.service.js';
import type { ImportJob } from '../../imports/import-job.schema.js';
import { csvDownload } from '../../platform/csv/csv-download.js';
import { namedCharset, uploadedFile } from '../../platform/http/bodies/csv-upload.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { TakesBody } from '../../platform/http/bodies/route-body.js';
import { AuditLog } from '../../workspaces/audit/audit-log.service.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { visibleRows } from '../../workspaces/restrictions/rules/mask-amounts.js';
import { columnsOf } from '../rules/transfer/export-columns.js';
import { headerScore, readColumnChoice } from '../rules/transfer/import-columns.js';
import { type ImportFile, ImportFileError, readCsvRows, readJsonRows } from '../rules/transfer/import-rows.js';
import { toImportResponse, toJobResponse, toRowResponse } from './link-import-presenter.js';
import {
  LinkExportQuery,
  LinkImportJobResponse,
  LinkImportQuery,
  LinkImportResponse,
  type LinkImportRowResponse,
} from './link-import.dto.js';
import { LinkExport } from './link-export.service.js';
import { LinkImports } from './link-imports.service.js';
import type { LinkRowResult } from './link-import-job.js';

/** Links from and to files. */
@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links')
export class LinksTransferController {
  constructor(
    private readonly imports: LinkImports,
    private readonly jobs: ImportJobs,
    private readonly exports: LinkExport,
    private readonly audit: AuditLog,
  ) {}

  @TakesBody({ csv: 'stream', json: 'stream' })
  @Post('import')
  @HttpCode(200)
  @RequireScope('links:write')
  @ApiOperation({
    summary: 'Import links from a file of Bitly, Dub, Rebrandly, Short.io, Kutt, YOURLS, Shlink or your own',
  })
  @ApiConsumes('text/csv', 'application/json')
  @ApiBody({
    schema: { type: 'string', example: 'url,slug,title,tags\r\nhttps://shop.example/,summer,Summer,"a, b"\r\n' },
  })
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`respond-async`: answer with the import job once the file is received, and apply it afterwards.',
  })
  @ApiOkResponse({ type: LinkImportResponse })
  @ApiAcceptedResponse({ type: LinkImportJobResponse, description: 'The job, for `Prefer: respond-async`.' })
  async import(
    @CurrentCaller() caller: Caller,
    @Query() query: LinkImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkImportResponse | LinkImportJobResponse> {
    const choice = query.mapping === undefined ? new Map() : readColumnChoice(query.mapping);
    if (typeof choice === 'string')
      throw ProblemException.invalid({ path: 'mapping', code: 'mapping', message: choice });
    const read = (): Promise<ImportFile> => fileOf(request, query.charset, (fields) => headerScore(fields, choice));
    const file = { query, choice, read };
    if (!prefersAsync(request)) return this.ended(await this.imports.createAndFinish(caller, file));
    const job = await this.imports.create(caller, file);
    reply.status(202);
    reply.header('preference-applied', 'respond-async');
    reply.header('location', `/api/v1/links/import/${job._id}`);
    return toJobResponse(job);
  }

  private async ended(job: ImportJob): Promise<LinkImportResponse> {
    if (job.status === 'cancelled') throw new ProblemException('conflict', CANCELLED);
    if (job.status === 'failed') throw new ProblemException('internal_error', job.error ?? 'The import failed.');
    const results: LinkImportRowResponse[] = [];
    for await (const result of this.jobs.rows<LinkRowResult>(job)) results.push(toRowResponse(result));
    return toImportResponse(job, results);
  }

  @Get('export')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'Download links as CSV or JSON, newest first; what is exported can be imported' })
  @ApiOkResponse({
    content: {
      'text/csv': { schema: { type: 'string' } },
      'application/json': { schema: { type: 'array', items: { type: 'object' } } },
    },
  })
  async export(
    @CurrentCaller() caller: Caller,
    @Query() { format, columns, bom, ...query }: LinkExportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const { workspaceId } = caller;
    const after = { format, columns, ...query };
    await this.audit.record(caller, { action: 'links.exported', objectId: workspaceId, after });
    const rows = visibleRows(this.exports.rows(caller, query), caller.restrictions);
    if (format !== 'json') return csvDownload(reply, 'links', columnsOf(columns), rows, { bom });
    reply.header('content-type', 'application/json; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="links-${new Date().toISOString().slice(0, 10)}.json"`);
    reply.header('cache-control', 'no-store');
    return reply.request.method === 'HEAD' ? undefined : Readable.from(this.exports.json(rows, columns));
  }
}

const CANCELLED = 'The import was cancelled. Its links so far stay.';

/** Whether the caller does not want to wait (RFC 7240). */
function prefersAsync({ headers }: FastifyRequest): boolean {
  return /(?:^|,)\s*respond-async\s*(?:[,;]|$)/i.test([headers['prefer'] ?? ''].flat().join(','));
}

async function fileOf(
  request: FastifyRequest,
  charset: string | undefined,
  score: (fields: string[]) => number,
): Promise<ImportFile> {
  const file = uploadedFile(request);
  if (!file) {
    const detail = 'Send the file with the header "Content-Type: text/csv" or "application/json".';
    throw new ProblemException('unsupported_media_type', detail);
  }
  const options = { charset: namedCharset(charset, file), headerScore: score };
  try {
    return await (file.format === 'csv' ? readCsvRows(file.body, options) : readJsonRows(file.body, options));
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error;
    if (error.code === 'too_long') throw new ProblemException('payload_too_large', `${error.message}.`);
    const { code, message, choices } = error;
    throw ProblemException.invalid({ path: 'file', code, message, ...(choices && { choices }) });
  }
}
