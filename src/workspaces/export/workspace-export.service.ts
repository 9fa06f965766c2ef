import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Caller } from '../caller.js';
import { WorkspaceContentsRepository } from '../workspace-contents.repository.js';
import type { Workspace } from '../workspace.schema.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { withoutSecrets } from './without-secrets.js';

/** Lines are sent in chunks of about this many characters. */
const CHUNK_CHARS = 32_768;

/** Collections that are not exported: internal state without meaning for users. */
export const NOT_EXPORTED: ReadonlySet<string> = new Set([
  'idempotencyRecords',
  'playerLocks',
  'clickUpkeeps',
  'conversionImportChunks',
]);

/** Exports all data of a workspace as newline-delimited JSON. */
@Injectable()
export class WorkspaceExport {
  constructor(
    private readonly contents: WorkspaceContentsRepository,
    private readonly settings: WorkspaceSettingsService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Writes a line `{ "section", "data" }` for each document, section by section. The last line `{ "section": "end", "counts" }`
   * proves that nothing is missing. Documents are read as the stream is consumed, so memory use does not depend on size.
   */
  async export(caller: Caller): Promise<AsyncGenerator<string>> {
    const { workspaceId } = caller;
    const workspace = await this.settings.read(workspaceId);
    await this.audit.record(caller, { action: 'workspace.exported', objectId: workspaceId });
    return inChunks(this.lines(workspaceId, workspace));
  }

  private async *lines(workspaceId: WorkspaceId, workspace: Workspace): AsyncGenerator<string> {
    const counts: Record<string, number> = {};
    yield line('workspace', workspace);
    for (const section of this.contents.collections()) {
      if (NOT_EXPORTED.has(section)) continue;
      counts[section] = 0;
      for await (const row of this.contents.rows(workspaceId, section)) {
        counts[section]++;
        yield line(section, row);
      }
    }
    yield `${JSON.stringify({ section: 'end', counts })}\n`;
  }
}

function line(section: string, document: object): string {
  return `${JSON.stringify({ section, data: withoutSecrets(document) })}\n`;
}

async function* inChunks(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let chunk = '';
  for await (const text of lines) {
    chunk += text;
    if (chunk.length < CHUNK_CHARS) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
