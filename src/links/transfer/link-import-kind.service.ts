import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { chunkId, type ImportChunk } from '../../imports/import-chunk.schema.js';
import { ImportChunksRepository } from '../../imports/import-chunks.repository.js';
import type { ImportJob } from '../../imports/import-job.schema.js';
import { type ChunkTools, IMPORT_KIND_LIST, type ImportKind, type ImportRun } from '../../imports/imports.ports.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import { limitedLog } from '../../platform/logging/limited-log.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import { Ports } from '../../platform/ports/ports.service.js';
import { UNRESTRICTED } from '../../workspaces/caller.js';
import { validateLink } from '../write/validate-link.js';
import type { Link } from '../link.schema.js';
import { LinkPresenter } from '../link-presenter.service.js';
import { CreateLinkRequest } from '../links.dto.js';
import { LinksRepository } from '../links.repository.js';
import { LinkAddresses } from '../write/link-addresses.service.js';
import type { MappedRow } from '../rules/transfer/import-mapping.js';
import {
  type LinkImportJob,
  type LinkRowResult,
  type StoredDomains,
  type StoredLinkRow,
  toMappedRow,
} from './link-import-job.js';
import { type LinkImportRun, plannedKeysOf } from './link-import-run.js';
import { LinkRowImport } from './link-row-import.service.js';

/** Rows that are applied at once. */
const AT_ONCE = 8;
/** The lease is extended when a chunk takes longer than this. */
const KEEP_LEASE_MS = 5_000;

type RowOutcome = Omit<LinkRowResult, 'row' | 'line'>;

/** `ImportChunk.memory`: links that were made without an id of their own, by `importId`. */
interface MadeLinks {
  made: [importId: string, linkId: string][];
}

/**
 * Imports links. Each row is a change of its own, as each link has its own audit entry. A chunk that is applied again finds
 * the links of the first time by their id or slug, so each link is made once.
 */
@Injectable()
export class LinkImportKind implements ImportKind {
  readonly name = 'links';
  readonly refusedVerdict = 'failed';
  readonly emptyFields = {};

  constructor(
    private readonly rowImport: LinkRowImport,
    private readonly addresses: LinkAddresses,
    private readonly presenter: LinkPresenter,
    private readonly links: LinksRepository,
    private readonly chunks: ImportChunksRepository,
    @Inject(LOGGER) private readonly logger: Logger,
    ports: Ports,
  ) {
    ports.add(IMPORT_KIND_LIST, this.name, this);
  }

  async begin(stored: ImportJob): Promise<ImportRun> {
    const job = stored as LinkImportJob;
    const { author, domains } = job;
    const isCaseSensitive = new Map<string, boolean>();
    for (const host of new Set([
      ...domains.hosts.map(([, hostname]) => hostname),
      ...(domains.usual === null ? [] : [domains.usual]),
    ])) {
      isCaseSensitive.set(host, await this.addresses.isCaseSensitiveOn(author.workspaceId, host));
    }
    const run: LinkImportRun = {
      // Members with restrictions cannot import.
      author: { ...author, restrictions: UNRESTRICTED },
      dryRun: job.dryRun,
      onConflict: job.onConflict,
      startedAt: job.at.getTime(),
      domainOf: domainOf(domains),
      addressKey: (domain = '', slug) => `${domain}/${this.addresses.keyOf(slug, isCaseSensitive.get(domain) ?? true)}`,
      planned: new Map(),
      plannedCount: 0,
      made: job.dryRun ? new Map() : await this.madeBefore(job),
    };
    return { applyChunk: (_, chunk, tools) => this.applyChunk(run, chunk, tools) };
  }

  private async applyChunk(
    run: LinkImportRun,
    { rows, firstRow }: ImportChunk,
    { store, keepLease }: ChunkTools,
  ): Promise<ImportJob> {
    const batch = (rows as StoredLinkRow[]).map((stored) => ({ line: stored.line, row: toMappedRow(stored) }));
    const made = new Set(run.made.keys());
    const results = await this.applyRows(run, batch, firstRow, keepLease);
    const memory: MadeLinks = {
      made: [...run.made].filter(([importId]) => !made.has(importId)).map(([importId, { _id }]) => [importId, _id]),
    };
    return store({ results, memory });
  }

  /** Rows that need the same slug or id as an earlier one wait for it, so that the first in the file gets it. */
  private async applyRows(
    run: LinkImportRun,
    batch: readonly { line: number; row: MappedRow }[],
    firstRow: number,
    keepLease: () => Promise<void>,
  ): Promise<LinkRowResult[]> {
    const waits = dependentRows(
      run,
      batch.map(({ row }) => row),
    );
    const results = new Map<number, LinkRowResult>();
    let keptAt = performance.now();
    const work = async (i: number): Promise<void> => {
      const entry = batch[i];
      if (entry === undefined) return;
      const number = firstRow + i;
      results.set(i, { row: number, line: entry.line, ...(await this.applyRow(run, entry.row, number - 1)) });
      if (performance.now() - keptAt < KEEP_LEASE_MS) return;
      keptAt = performance.now();
      await keepLease();
    };
    const free = batch.flatMap((_, i) => (waits[i] ? [] : [i]));
    const worker = async (): Promise<void> => {
      for (let i = free.shift(); i !== undefined; i = free.shift()) {
        await work(i).catch((error: unknown) => {
          free.length = 0;
          throw error;
        });
      }
    };
    // All have ended before an error is thrown: the chunk is applied again, and no row may be under way then.
    const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
    const failure = ended.find((one) => one.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    for (let i = 0; i < batch.length; i++) if (waits[i]) await work(i);
    return batch.flatMap((_, i) => results.get(i) ?? []);
  }

  private async applyRow(run: LinkImportRun, row: MappedRow, index: number): Promise<RowOutcome> {
    if (row.skipped) return { ...NO_LINK, verdict: 'skipped', problems: [], warnings: [row.skipped] };
    try {
      const domain = run.domainOf(row.domain);
      const input = await this.validated(row, { ...row.fields, ...(domain !== undefined && { domain }) });
      const outcome = await this.rowImport.import(run, { input, row, index });
      const { linkId, slug, url, domain: at } = outcome.link;
      return {
        verdict: outcome.status,
        linkId,
        shortUrl: slug === null ? null : this.presenter.shortUrl(at, slug),
        domain: at,
        slug,
        slugSource: outcome.slugSource,
        formerSlugs: [...outcome.formerSlugs],
        url,
        problems: [],
        warnings: [...row.warnings, ...outcome.warnings],
      };
    } catch (error) {
      if (isUnavailable(error)) throw error; // the chunk is applied again
      return { ...NO_LINK, verdict: 'failed', problems: this.problemsOf(error), warnings: row.warnings };
    }
  }

  /** @throws ProblemException with all problems of the row: values that cannot be read, and those of the link. */
  private async validated({ problems }: MappedRow, fields: Record<string, unknown>): Promise<CreateLinkRequest> {
    // Where values stand in the wrong columns, their own problems do not help.
    if (problems.some(({ code }) => code === 'too_many_cells')) throw ProblemException.invalid(...problems);
    const input = await validateLink(CreateLinkRequest, fields).catch((error: unknown) => {
      throw error instanceof ProblemException ? ProblemException.invalid(...problems, ...(error.errors ?? [])) : error;
    });
    if (problems.length > 0) throw ProblemException.invalid(...problems);
    return input;
  }

  /** Links that chunks before the next one have made, for a process that continues the job. */
  private async madeBefore({ workspaceId, _id, nextChunk }: LinkImportJob): Promise<Map<string, Link>> {
    const numbers = Array.from({ length: nextChunk }, (_, number) => chunkId(_id, number));
    const chunks = await this.chunks.findMany(workspaceId, { _id: { $in: numbers } }, undefined, {
      fields: ['memory'],
    });
    const made = chunks.flatMap(({ memory }) => (memory as MadeLinks | undefined)?.made ?? []);
    const links = await this.links.findMany(workspaceId, { _id: { $in: made.map(([, linkId]) => linkId) } });
    const byId = new Map(links.map((link) => [link._id, link]));
    return new Map(
      made.flatMap(([importId, linkId]) => {
        const link = byId.get(linkId);
        return link === undefined ? [] : [[importId, link] as const];
      }),
    );
  }

  private problemsOf(error: unknown): FieldProblem[] {
    if (error instanceof ProblemException) {
      return error.errors ?? [{ path: '', code: error.code, message: error.detail }];
    }
    limitedLog(this.logger).error({ err: error }, 'a row of links could not be imported; continuing with the next');
    return [{ path: '', code: 'internal_error', message: 'something went wrong on our side; import it again' }];
  }
}

/** For each row, whether it waits for those before it. */
function dependentRows(run: LinkImportRun, rows: readonly MappedRow[]): boolean[] {
  const seen = new Set<string>();
  return rows.map(({ fields: { slug, externalId }, domain: theirs, formerSlugs, importId }) => {
    const domain = run.domainOf(theirs);
    const own = typeof externalId === 'string' ? externalId : importId;
    const named = typeof slug === 'string' ? slug : undefined;
    const keys = plannedKeysOf(run, { domain, slug: named, formerSlugs, importId: own });
    // Renaming searches for free slugs, which later rows may need: one row after the other.
    const waits = run.onConflict === 'rename' || keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return waits;
  });
}

function domainOf({ renamed, all, hosts, usual }: StoredDomains): LinkImportRun['domainOf'] {
  const [map, known] = [new Map(renamed), new Map(hosts)];
  return (name = '') => known.get(map.get(name) ?? all ?? name) ?? usual ?? undefined;
}

/** The fields of a row from which no link was created. */
const NO_LINK = {
  linkId: null,
  shortUrl: null,
  domain: null,
  slug: null,
  slugSource: null,
  formerSlugs: [],
  url: null,
};
