import type { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ImportJobs } from '../../imports/import-jobs.service.js';
import { csvDownload, type CsvColumn } from '../../platform/csv/csv-download.js';
import { namedCharset, uploadedCsv } from '../../platform/http/bodies/csv-upload.js';
import { PageQuery, toListResponse } from '../../platform/http/pagination.js';
import { TakesBody } from '../../platform/http/bodies/route-body.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { NO_MAPPING, parseColumnMapping } from '../rules/import/column-mapping.js';
import { ConversionImportPresenter } from './conversion-import-presenter.service.js';
import { ImportPreviewQuery, ImportPreviewResponse } from './import-preview.dto.js';
import { ImportPreview } from './import-preview.service.js';
import { ConversionImports } from './conversion-imports.service.js';
import {
  CreateImportQuery,
  ImportListResponse,
  ImportResponse,
  ImportRowListResponse,
  ImportRowsCsvQuery,
  ImportRowsQuery,
} from './imports.dto.js';
import type { RowResult } from './row-result.js';

const COLUMNS: CsvColumn<RowResult>[] = (['row', 'line', 'verdict', 'reason', 'hint', 'conversionId'] as const).map(
  (name) => ({ name, cell: (result) => result[name] }),
);

/** Conversions from CSV files. */
@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions')
export class ImportsController {
  constructor(
    private readonly jobs: ImportJobs,
    private readonly imports: ConversionImports,
    private readonly presenter: ConversionImportPresenter,
    private readonly preview: ImportPreview,
  ) {}

  @TakesBody({ csv: 'stream' })
  @Post('import')
  @HttpCode(202)
  @RequireScope('conversions:write')
  @ApiOperation({
    summary: 'Import conversions from a CSV file; goes on by itself, and the same file twice changes nothing',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', example: 'click_id,event,payout,currency,txid\r\n' } })
  async create(
    @CurrentCaller() caller: Caller,
    @Query() { dryRun, networkId, charset, mapping }: CreateImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportResponse> {
    const file = uploadedCsv(request);
    const parsed = mapping === undefined ? NO_MAPPING : parseColumnMapping(mapping);
    const options = {
      dryRun: dryRun === 'true',
      networkId: networkId ?? null,
      charset: namedCharset(charset, file),
      mapping: typeof parsed === 'string' ? NO_MAPPING : parsed, // the query was validated
    };
    return this.presenter.present(await this.imports.create(caller, options, file));
  }

  @TakesBody({ csv: 'stream' })
  @Post('import/preview')
  @HttpCode(200)
  @RequireScope('conversions:write')
  @ApiOperation({
    summary:
      'Show the columns of a CSV file with samples and suggested fields; the first 64 KiB are read, nothing is stored',
  })
  @ApiConsumes('text/csv')
  @ApiBody({ schema: { type: 'string', example: 'Sub 1;Amount\r\n' } })
  showColumns(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() { networkId, charset }: ImportPreviewQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportPreviewResponse> {
    const file = uploadedCsv(request);
    const options = { networkId: networkId ?? null, charset: namedCharset(charset, file) };
    return this.preview.read(workspaceId, options, file);
  }

  @Get('imports')
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'List the imports, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<ImportListResponse> {
    const list = toListResponse(await this.jobs.page(workspaceId, 'conversions', query), (job) =>
      this.presenter.present(job),
    );
    return { ...list, data: await Promise.all(list.data) };
  }

  @Get('imports/:id')
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'Read how far an import has come' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<ImportResponse> {
    return this.presenter.present(await this.jobs.get(workspaceId, 'conversions', id));
  }

  @Get('imports/:id/rows')
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'List what became of the rows of an import, in their order' })
  async rows(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Query() { verdict, ...page }: ImportRowsQuery,
  ): Promise<ImportRowListResponse> {
    const job = await this.jobs.get(workspaceId, 'conversions', id);
    const { rows, hasMore } = await this.jobs.pageOfRows<RowResult>(job, verdict, page);
    return { data: rows, page: { hasMore, nextCursor: hasMore ? String(rows.at(-1)?.row) : null } };
  }

  @Get('imports/:id/rows.csv')
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'Download what became of the rows of an import' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async rowsAsCsv(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Query() { verdict, bom }: ImportRowsCsvQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const job = await this.jobs.get(workspaceId, 'conversions', id);
    return csvDownload(reply, id, COLUMNS, this.jobs.rows<RowResult>(job, verdict), { bom });
  }

  @Post('imports/:id/cancel')
  @HttpCode(200)
  @RequireScope('conversions:write')
  @ApiOperation({ summary: 'End an import; what it has done stays' })
  async cancel(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<ImportResponse> {
    return this.presenter.present(await this.jobs.cancel(workspaceId, 'conversions', id));
  }
}
