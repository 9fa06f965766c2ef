import type { Author } from '../../workspaces/caller.js';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainsService } from '../../domains/domains.service.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problems/problem.js';
import { TimeSlice } from '../../platform/concurrency/time-slice.js';
import { importQueue } from '../../platform/csv/import-queue.js';
import { limitedLog } from '../../platform/logging/limited-log.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { LinkBulk } from '../bulk/link-bulk.service.js';
import { LinkAddresses } from '../write/link-addresses.service.js';
import { LinkPresenter } from '../link-presenter.service.js';
import { CreateLinkRequest } from '../links.dto.js';
import {
  clickCountColumns,
  type ColumnChoice,
  columnNames,
  type ColumnNames,
  hasSlugs,
  ignoredColumns,
  openQuestions,
} from '../rules/transfer/import-columns.js';
import { fileDateOrder, type MappedRow, mapRow, type LinkRowContext, urlOf } from '../rules/transfer/import-mapping.js';
import type { ImportFile, LinkRow, LinkImportWarning } from '../rules/transfer/import-rows.js';
import { type LinkImportRun, plannedKeysOf } from './import-run.js';
import { detectSource, plainName } from '../rules/transfer/import-sources.js';
import {
  type LinkImportQuery,
  type LinkImportResponse,
  type LinkImportRowResponse,
  ROW_STATUSES,
  type RowStatus,
} from './link-import.dto.js';
import { LinkRowImport } from './link-row-import.service.js';

/** Rows of which none depends on another are worked on at once. */
const AT_ONCE = 8;
const BATCH = 64;

type RowResult = Omit<LinkImportRowResponse, 'row' | 'line'>;

/** Makes links of the rows of a file, by the rules of every other link. The same file again makes none twice. */
@Injectable()
export class LinkImport {
  private readonly queue = importQueue();

  constructor(
    private readonly rowImport: LinkRowImport,
    private readonly bulk: LinkBulk,
    private readonly domains: DomainsService,
    private readonly addresses: LinkAddresses,
    private readonly presenter: LinkPresenter,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * @param read reads the file. Not before it is its turn: what has been read is kept in memory.
   * @throws ProblemException when the file leaves open what must not be guessed; 429 while others are imported.
   */
  run(
    author: Author,
    query: LinkImportQuery,
    read: () => Promise<ImportFile>,
    choice: ColumnChoice,
  ): Promise<LinkImportResponse> {
    return this.queue.run(author.workspaceId, async () => this.importFile(author, query, await read(), choice));
  }

  private async importFile(
    author: Author,
    query: LinkImportQuery,
    file: ImportFile,
    choice: ColumnChoice,
  ): Promise<LinkImportResponse> {
    const { columns, rows } = file;
    const wished = query.source ?? 'auto';
    const plain = columns.map(plainName);
    const source = wished === 'auto' ? detectSource(new Set(plain)) : wished;
    const names = columnNames(source, file.plainNames, choice);
    const question = openQuestions(file, names, choice);
    if (question) throw ProblemException.invalid(question);
    const namesIds = source === 'csv' && plain.includes('externalid');
    const context = { source, names, namesIds, hasSlugs: hasSlugs(rows, names) };
    const mapped = await mapAll(rows, { ...context, dateOrder: fileDateOrder(rows, context) });
    const run = await this.begin(author, query, mapped);
    const results: LinkImportRowResponse[] = [];
    for (let from = 0; from < mapped.length; from += BATCH) {
      results.push(...(await this.batch(run, mapped.slice(from, from + BATCH), rows, from)));
    }
    const counts = Object.fromEntries(
      ROW_STATUSES.map((status) => [status, results.filter((result) => result.status === status).length]),
    ) as Record<RowStatus, number>;
    return {
      source,
      dryRun: run.dryRun,
      counts,
      ignoredColumns: ignoredColumns(columns, names, source),
      warnings: [...file.warnings, ...fileWarnings(file, names, choice)],
      results,
    };
  }

  private async begin(author: Author, query: LinkImportQuery, mapped: readonly MappedRow[]): Promise<LinkImportRun> {
    const { workspaceId } = author;
    const theirs = new Set(mapped.flatMap((row) => row.domain ?? []));
    const domainOf = await this.domainMapping(workspaceId, query, theirs);
    const hosts = new Set([...theirs, undefined].flatMap((name) => domainOf(name) ?? []));
    const isCaseSensitive = new Map<string, boolean>();
    for (const host of hosts) isCaseSensitive.set(host, await this.addresses.isCaseSensitiveOn(workspaceId, host));
    return {
      author,
      dryRun: query.dryRun === 'true',
      onConflict: query.onConflict ?? 'skip',
      startedAt: Date.now(),
      domainOf,
      addressKey: (domain = '', slug) => `${domain}/${this.addresses.keyOf(slug, isCaseSensitive.get(domain) ?? true)}`,
      planned: new Map(),
      plannedCount: 0,
      made: new Map(),
    };
  }

  /** Rows that want what an earlier one of the batch wants wait for it, so that the first in the file gets it. */
  private async batch(run: LinkImportRun, batch: MappedRow[], rows: readonly LinkRow[], from: number) {
    const seen = new Set<string>();
    const isLate = batch.map((row) => {
      const { slug, externalId } = row.fields;
      const domain = run.domainOf(row.domain);
      const { formerSlugs, importId } = row;
      const own = typeof externalId === 'string' ? externalId : importId;
      const named = typeof slug === 'string' ? slug : undefined;
      const keys = plannedKeysOf(run, { domain, slug: named, formerSlugs, importId: own });
      // Renaming looks for slugs that are free, which later rows may want: one row after the other.
      const waits = run.onConflict === 'rename' || keys.some((key) => seen.has(key));
      for (const key of keys) seen.add(key);
      return waits;
    });
    const results = new Map<number, LinkImportRowResponse>();
    const work = async (i: number): Promise<void> => {
      const [row, origin] = [batch[i], rows[from + i]];
      if (!row || !origin) return;
      results.set(i, { row: from + i + 1, line: origin.line, ...(await this.rowResult(run, row, from + i)) });
    };
    const early = batch.flatMap((_, i) => (isLate[i] ? [] : [i]));
    const worker = async (): Promise<void> => {
      for (let i = early.shift(); i !== undefined; i = early.shift()) await work(i);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    for (let i = 0; i < batch.length; i++) if (isLate[i]) await work(i);
    return batch.flatMap((_, i) => results.get(i) ?? []);
  }

  private async rowResult(run: LinkImportRun, row: MappedRow, index: number): Promise<RowResult> {
    if (row.skipped) return { ...NOWHERE, status: 'skipped', problems: [], warnings: [row.skipped] };
    try {
      const domain = run.domainOf(row.domain);
      const input = await this.judged(row, { ...row.fields, ...(domain !== undefined && { domain }) });
      const outcome = await this.rowImport.import(run, { input, row, index });
      const { linkId, slug, url, domain: at } = outcome.link;
      return {
        status: outcome.status,
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
      if (isUnavailable(error)) throw error; // what was done is found again when the file is sent again
      return { ...NOWHERE, status: 'failed', problems: this.problemsOf(error), warnings: row.warnings };
    }
  }

  /** @throws ProblemException with all that is wrong with the row: what could not be read, and what is no link. */
  private async judged({ problems }: MappedRow, fields: Record<string, unknown>): Promise<CreateLinkRequest> {
    // Where values stand in the wrong columns, nothing that is said of them helps.
    if (problems.some(({ code }) => code === 'too_many_cells')) throw ProblemException.invalid(...problems);
    const input = await this.bulk.validated(CreateLinkRequest, fields).catch((error: unknown) => {
      throw error instanceof ProblemException ? ProblemException.invalid(...problems, ...(error.errors ?? [])) : error;
    });
    if (problems.length > 0) throw ProblemException.invalid(...problems);
    return input;
  }

  /** @param theirs the domains that the file names. */
  private async domainMapping(
    workspaceId: WorkspaceId,
    { domain, domainMap = '' }: LinkImportQuery,
    theirs: ReadonlySet<string>,
  ): Promise<LinkImportRun['domainOf']> {
    const pairs = domainMap.split(',').map((pair) => pair.toLowerCase().split('='));
    const map = new Map(pairs.flatMap(([from, to]) => (from && to ? [[from, to] as const] : [])));
    const all = domain?.toLowerCase();
    const hosts = new Map<string, string>();
    for (const name of new Set([...map.values(), ...(all === undefined ? [] : [all])])) {
      const chosen = await this.domains.choose(workspaceId, name);
      if (chosen) {
        hosts.set(name, chosen.hostname);
        continue;
      }
      const message = `${name} is no verified domain of this workspace`;
      throw ProblemException.invalid({ path: name === all ? 'domain' : 'domainMap', code: 'not_found', message });
    }
    for (const name of all === undefined ? theirs : []) {
      const chosen = await this.domains.choose(workspaceId, name);
      if (chosen && !hosts.has(name)) hosts.set(name, chosen.hostname);
    }
    const usual = (await this.domains.choose(workspaceId))?.hostname;
    return (name = '') => hosts.get(map.get(name) ?? all ?? name) ?? usual;
  }

  private problemsOf(error: unknown): FieldProblem[] {
    if (error instanceof ProblemException) {
      return error.errors ?? [{ path: '', code: error.code, message: error.detail }];
    }
    limitedLog(this.logger).error({ err: error }, 'a row of links could not be imported');
    return [{ path: '', code: 'internal_error', message: 'something went wrong on our side; import it again' }];
  }
}

async function mapAll(rows: readonly LinkRow[], context: LinkRowContext): Promise<MappedRow[]> {
  const seen = new Map<string, number>();
  const mapped: MappedRow[] = [];
  const slice = new TimeSlice();
  for (const row of rows) {
    const url = urlOf(row, context);
    const nth = seen.get(url) ?? 0;
    seen.set(url, nth + 1);
    mapped.push(mapRow(row, context, nth));
    await slice.pause();
  }
  return mapped;
}

/** The errors of a row from which no link was created. */
const NOWHERE = {
  linkId: null,
  shortUrl: null,
  domain: null,
  slug: null,
  slugSource: null,
  formerSlugs: [],
  url: null,
};

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
