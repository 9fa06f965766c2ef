import type { Readable } from 'node:stream';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { exportsUnderWay, startedStream } from '../../platform/csv/csv-download.js';
import { type Caller, CurrentCaller, RequireFreshSignIn, RequireScope } from '../caller.js';
import { WorkspaceExport } from './workspace-export.service.js';

@ApiTags('workspaces')
@ApiBearerAuth()
@Controller('api/v1/workspaces/export')
export class WorkspaceExportController {
  constructor(private readonly workspace: WorkspaceExport) {}

  @Get()
  @RequireScope('workspaces:export')
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Download all data of the workspace except secrets, as newline-delimited JSON' })
  @ApiProduces('application/x-ndjson')
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(
    @CurrentCaller() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | undefined> {
    const chunks = await this.workspace.export(caller);
    const date = new Date().toISOString().slice(0, 10);
    reply.header('content-type', 'application/x-ndjson; charset=utf-8');
    reply.header('content-disposition', `attachment; filename="workspace-${date}.ndjson"`);
    reply.header('cache-control', 'no-store');
    // For a HEAD request, Fastify would read the whole stream.
    if (reply.request.method === 'HEAD') return undefined;
    return startedStream(exportsUnderWay.rows(caller.workspaceId, chunks));
  }
}
