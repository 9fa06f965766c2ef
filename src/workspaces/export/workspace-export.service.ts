import { Injectable } from '@nestjs/common';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { AuditLog } from '../audit/audit-log.service.js';
import type { Caller } from '../caller.js';
import { WorkspaceContentsRepository } from '../workspace-contents.repository.js';
import type { Workspace } from '../workspace.schema.js';
import { WorkspaceSettingsService } from '../settings/workspace-settings.service.js';
import { withoutSecrets } from './without-secrets.js';

/** Lines go out in pieces of about this many characters. */
const PIECE_CHARS = 32_768;

/** What is not a workspace's own: working notes of ours, which say nothing to anybody. */
export const NOT_EXPORTED: ReadonlySet<string> = new Set([
  'idempotencyRecords',
  'playerLocks',
  'clickUpkeeps',
  'conversionImportChunks',
]);

/** All that a workspace has, as newline-delimited JSON. */
@Injectable()
export class WorkspaceExport {
  constructor(
    private readonly contents: WorkspaceContentsRepository,
    private readonly settings: WorkspaceSettingsService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * A line `{ "section", "data" }` for each document, section by section; the last one is `{ "section": "end", "counts" }`, by
   * which one knows that nothing is missing. Read as it is taken, so that size does not matter.
   */
  async export(caller: Caller): Promise<AsyncGenerator<string>> {
    const { workspaceId } = caller;
    const workspace = await this.settings.read(workspaceId);
    await this.audit.record(caller, { action: 'workspace.exported', objectId: workspaceId });
    return inPieces(this.lines(workspaceId, workspace));
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

async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = '';
  for await (const text of lines) {
    piece += text;
    if (piece.length < PIECE_CHARS) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}
