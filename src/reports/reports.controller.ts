import type { Readable } from 'node:stream';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type CsvColumn, csvDownload } from '../platform/csv/csv-download.js';
import { ClientSignal } from '../platform/http/requests/client-signal.decorator.js';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { ReportQuery, ReportResponse } from './reports.dto.js';
import { type CsvReportRow, ReportsService } from './reports.service.js';
import { hasLabels, type PresentedRow, type PresentedValue } from './rules/present-report.js';
import type { ReportQuestion } from './rules/report-question.js';

@ApiTags('reports')
@ApiBearerAuth()
@ApiExtraModels(ReportResponse)
@Controller('api/v1/reports')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get()
  @RequireScope('reports:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('left_out')
  @ApiOperation({ summary: 'Report over clicks and conversions, as JSON or (Accept: text/csv) as CSV' })
  @ApiOkResponse({
    content: {
      'application/json': { schema: { $ref: getSchemaPath(ReportResponse) } },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  async report(
    @CurrentCaller() caller: Caller,
    @Query() { bom, ...parameters }: ReportQuery,
    @Req() request: FastifyRequest,
    @ClientSignal() gone: AbortSignal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | Readable | undefined> {
    void reply.header('vary', 'Accept');
    if (!wantsCsv(request.headers.accept)) {
      const json = await this.reports.report(caller, parameters, gone);
      void reply.type('application/json; charset=utf-8');
      return json;
    }
    const read = await this.reports.read(caller, parameters);
    const rows = this.reports.rows(caller.workspaceId, read, gone);
    return csvDownload(reply, 'report', columnsOf(read.question), rows, { bom });
  }
}

/** JSON unless CSV is named and JSON is not. */
function wantsCsv(accept = ''): boolean {
  return accept.includes('text/csv') && !accept.includes('application/json');
}

function columnsOf({ groupBy, metrics, compare, currency }: ReportQuestion): CsvColumn<CsvReportRow>[] {
  const dimensions = groupBy.flatMap((name): CsvColumn<CsvReportRow>[] => [
    { name, cell: ({ row }) => cellOf(row[name] as PresentedValue) },
    ...(hasLabels(name) ? [{ name: `${name}Name`, cell: ({ labels }: CsvReportRow) => labels[name] }] : []),
  ]);
  const own = metrics.map(({ name }) => ({
    name,
    cell: ({ row }: CsvReportRow) => cellOf(row[name] as PresentedValue),
  }));
  const compared = metrics.map(({ name }) => ({
    name: `compare.${name}`,
    cell: ({ row }: CsvReportRow) => cellOf((row['compare'] as PresentedRow)[name] as PresentedValue),
  }));
  return [...dimensions, ...own, ...(compare ? compared : []), { name: 'currency', cell: () => currency }];
}

function cellOf(value: PresentedValue): string | number | null {
  return value !== null && typeof value === 'object' ? value.amount : value;
}
