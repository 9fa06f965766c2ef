import type { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ImportJobs } from '../../imports/import-jobs.service.js';
import { csvDownload } from '../../platform/csv/csv-download.js';
import { PageQuery, toListResponse } from '../../platform/http/pagination.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../../workspaces/caller.js';
import {
  LinkImportJobListResponse,
  LinkImportJobResponse,
  LinkImportRowListResponse,
  LinkImportRowsCsvQuery,
  LinkImportRowsQuery,
} from './link-import.dto.js';
import type { LinkRowResult } from './link-import-job.js';
import { ROW_COLUMNS, toJobResponse, toRowResponse } from './link-import-presenter.js';

/** Import jobs of links. `POST /api/v1/links/import` creates them, see links-transfer.controller.ts. */
@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links/import')
export class LinkImportJobsController {
  constructor(private readonly jobs: ImportJobs) {}

  @Get()
  @RequireScope('links:read')
  @ApiOperation({ summary: 'List the imports of links, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<LinkImportJobListResponse> {
    return toListResponse(await this.jobs.page(workspaceId, 'links', query), toJobResponse);
  }

  @Get(':id')
  @RequireScope('links:read')
  @ApiOperation({ summary: 'Read the progress of an import of links' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<LinkImportJobResponse> {
    return toJobResponse(await this.jobs.get(workspaceId, 'links', id));
  }

  @Get(':id/rows')
  @RequireScope('links:read')
  @ApiOperation({ summary: 'List the results of the rows of an import of links, in their order' })
  async rows(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Query() { status, ...page }: LinkImportRowsQuery,
  ): Promise<LinkImportRowListResponse> {
    const job = await this.jobs.get(workspaceId, 'links', id);
    const { rows, hasMore } = await this.jobs.pageOfRows<LinkRowResult>(job, status, page);
    const nextCursor = hasMore ? String(rows.at(-1)?.row) : null;
    return { data: rows.map(toRowResponse), page: { hasMore, nextCursor } };
  }

  @Get(':id/rows.csv')
  @RequireScope('links:read')
  @ApiOperation({ summary: 'Download the results of the rows of an import of links' })
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string' } })
  async rowsAsCsv(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Query() { status, bom }: LinkImportRowsCsvQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const job = await this.jobs.get(workspaceId, 'links', id);
    return csvDownload(reply, id, ROW_COLUMNS, this.jobs.rows<LinkRowResult>(job, status), { bom });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequireScope('links:write')
  @ApiOperation({ summary: 'End an import of links; its links so far stay' })
  async cancel(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<LinkImportJobResponse> {
    return toJobResponse(await this.jobs.cancel(workspaceId, 'links', id));
  }
}
