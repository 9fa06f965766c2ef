import { Injectable } from '@nestjs/common';
import { DomainsService } from '../../domains/domains.service.js';
import type { ChunkWriter } from '../../imports/chunk-writer.js';
import type { ImportJob } from '../../imports/import-job.schema.js';
import { ImportReceiver, type ImportUpload, type ReceivedFile } from '../../imports/import-receiver.service.js';
import { EventLoopYielder } from '../../platform/concurrency/event-loop-yielder.js';
import { importQueue } from '../../platform/csv/import-queue.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Author } from '../../workspaces/caller.js';
import {
  clickCountColumns,
  type ColumnChoice,
  columnNames,
  type ColumnNames,
  hasSlugs,
  ignoredColumns,
  openQuestions,
} from '../rules/transfer/import-columns.js';
import { fileDateOrder, type LinkRowContext, type MappedRow, mapRow, urlOf } from '../rules/transfer/import-mapping.js';
import type { ImportFile, LinkImportWarning, LinkRow } from '../rules/transfer/import-rows.js';
import { detectSource, plainName } from '../rules/transfer/import-sources.js';
import { type LinkImportQuery, ROW_STATUSES } from './link-import.dto.js';
import { type LinkImportFields, type StoredDomains, toStoredRow } from './link-import-job.js';

/** Rows of a chunk that do not depend on each other are applied at once. */
const CHUNK_ROWS = 64;
const NO_DOMAINS: StoredDomains = { renamed: [], all: null, hosts: [], usual: null };

/** A file of links, and how the caller wants it to be read. */
export interface LinkFile {
  query: LinkImportQuery;
  /** Columns that the caller has named. */
  choice: ColumnChoice;
  /** Reads the file. Not called before it is the workspace's turn: the file is kept in memory. */
  read: () => Promise<ImportFile>;
}

/**
 * Import of links. Start here: files are received, and all rows are mapped before the first one is applied, as rows explain
 * each other. link-import-kind.service.ts applies them. The parts that all imports share are in src/imports/.
 */
@Injectable()
export class LinkImports {
  private readonly queue = importQueue();

  constructor(
    private readonly domains: DomainsService,
    private readonly receiver: ImportReceiver,
  ) {}

  /**
   * Receives a file. The background job applies it.
   * @throws ProblemException when the file leaves open what must not be guessed; 429 while others are imported.
   */
  create(author: Author, file: LinkFile): Promise<ImportJob> {
    return this.queue.run(author.workspaceId, () => this.receiver.receive(author, this.toUpload(author, file)));
  }

  /** Receives a file and applies it. @returns the ended job. @throws ProblemException like `create`. */
  createAndFinish(author: Author, file: LinkFile): Promise<ImportJob> {
    return this.queue.run(author.workspaceId, () =>
      this.receiver.receiveAndFinish(author, this.toUpload(author, file)),
    );
  }

  private toUpload({ workspaceId, actor, ip, requestId }: Author, file: LinkFile): ImportUpload {
    const { query } = file;
    const fields: LinkImportFields = {
      author: { workspaceId, actor, ip, requestId },
      source: null,
      onConflict: query.onConflict ?? 'skip',
      domains: NO_DOMAINS,
      warnings: [],
    };
    return {
      kind: 'links',
      dryRun: query.dryRun === 'true',
      verdicts: ROW_STATUSES,
      chunkRows: CHUNK_ROWS,
      fields: { ...fields },
      read: async (_, writer) => this.receive(workspaceId, file, writer),
    };
  }

  private async receive(
    workspaceId: WorkspaceId,
    { query, choice, read }: LinkFile,
    writer: ChunkWriter,
  ): Promise<ReceivedFile> {
    const file = await read();
    const { columns, rows } = file;
    const plain = columns.map(plainName);
    const { source: named = 'auto' } = query;
    const source = named === 'auto' ? detectSource(new Set(plain)) : named;
    const names = columnNames(source, file.plainNames, choice);
    const question = openQuestions(file, names, choice);
    if (question) throw ProblemException.invalid(question);
    const namesIds = source === 'csv' && plain.includes('externalid');
    const context = { source, names, namesIds, hasSlugs: hasSlugs(rows, names) };
    const mapped = await mapAll(rows, { ...context, dateOrder: fileDateOrder(rows, context) });
    const domains = await this.domainsOf(workspaceId, query, new Set(mapped.flatMap((row) => row.domain ?? [])));
    for (const [i, row] of mapped.entries()) {
      const stored = toStoredRow(rows[i]?.line ?? 0, row);
      await writer.add(stored, stored.json.length);
    }
    return {
      fields: {
        source,
        domains,
        at: new Date(),
        ignoredColumns: ignoredColumns(columns, names, source),
        warnings: [...file.warnings, ...fileWarnings(file, names, choice)],
      },
    };
  }

  /** @param theirs the domains that the file names. */
  private async domainsOf(
    workspaceId: WorkspaceId,
    { domain, domainMap = '' }: LinkImportQuery,
    theirs: ReadonlySet<string>,
  ): Promise<StoredDomains> {
    const pairs = domainMap.split(',').map((pair) => pair.toLowerCase().split('='));
    const renamed = pairs.flatMap(([from, to]): [string, string][] => (from && to ? [[from, to]] : []));
    const all = domain?.toLowerCase() ?? null;
    const hosts = new Map<string, string>();
    for (const name of new Set([...renamed.map(([, to]) => to), ...(all === null ? [] : [all])])) {
      const chosen = await this.domains.choose(workspaceId, name);
      if (chosen) {
        hosts.set(name, chosen.hostname);
        continue;
      }
      const message = `${name} is no verified domain of this workspace`;
      throw ProblemException.invalid({ path: name === all ? 'domain' : 'domainMap', code: 'not_found', message });
    }
    for (const name of all === null ? theirs : []) {
      const chosen = await this.domains.choose(workspaceId, name);
      if (chosen && !hosts.has(name)) hosts.set(name, chosen.hostname);
    }
    const usual = (await this.domains.choose(workspaceId))?.hostname ?? null;
    return { renamed, all, hosts: [...hosts], usual };
  }
}

async function mapAll(rows: readonly LinkRow[], context: LinkRowContext): Promise<MappedRow[]> {
  const seen = new Map<string, number>();
  const mapped: MappedRow[] = [];
  const yielder = new EventLoopYielder();
  for (const row of rows) {
    const url = urlOf(row, context);
    const nth = seen.get(url) ?? 0;
    seen.set(url, nth + 1);
    mapped.push(mapRow(row, context, nth));
    await yielder.pause();
  }
  return mapped;
}

function fileWarnings({ columns, rows }: ImportFile, names: ColumnNames, choice: ColumnChoice): LinkImportWarning[] {
  const warnings: LinkImportWarning[] = [];
  const counts = clickCountColumns(columns);
  if (counts.length > 0) {
    const message = `Clicks are not imported (${counts.join(', ')}): here each link counts its own from now on.`;
    warnings.push({ code: 'clicks_left', message });
  }
  if (rows.length > 0 && !hasSlugs(rows, names) && choice.get('slug') !== null) {
    const message = 'The file has no slugs: each link gets a random one. mapping=slug=<column> names a column of them.';
    warnings.push({ code: 'random_slugs', message });
  }
  return warnings;
}
