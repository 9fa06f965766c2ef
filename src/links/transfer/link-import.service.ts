import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { DomainsService } from '../../domains/domains.service.js';
import { type FieldProblem, ProblemException } from '../../platform/http/problem.js';
import { LOGGER } from '../../platform/logging/logger.js';
import { isUnavailable } from '../../platform/mongo/mongo-errors.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { LinkBulk } from '../bulk/link-bulk.service.js';
import { LinkPresenter } from '../link-presenter.service.js';
import type { Link } from '../link.schema.js';
import { CreateLinkRequest } from '../links.dto.js';
import type { Author } from '../link-writes.service.js';
import { LinksService } from '../links.service.js';
import { ignoredColumns, type MappedRow, mapRow, urlOf } from './import-mapping.js';
import type { ImportRow } from './import-rows.js';
import { detectSource, type ImportSource, plainName } from './import-sources.js';
import {
  type LinkImportRowResponse,
  type LinkImportQuery,
  type LinkImportResponse,
  type OnConflict,
  ROW_STATUSES,
  type RowStatus,
} from './link-import.dto.js';

/** Rows of which none depends on another are worked on at once. */
const AT_ONCE = 8;
const BATCH = 64;
const MAX_RENAMES = 50;

/** What an import is to do, and what it has seen. */
interface Run {
  author: Author;
  workspaceId: WorkspaceId;
  dryRun: boolean;
  onConflict: OnConflict;
  /** The domain here for a domain of the file. */
  domainOf: (theirs: string | undefined) => string | undefined;
  /** Addresses and externalIds that earlier rows of a dry run would have taken. */
  taken: Set<string>;
}

interface Outcome {
  status: RowStatus;
  link?: Link;
}

/** Makes links of the rows of a file, by the rules of every other link. The same file again makes none twice. */
@Injectable()
export class LinkImport {
  constructor(
    private readonly links: LinksService,
    private readonly bulk: LinkBulk,
    private readonly domains: DomainsService,
    private readonly presenter: LinkPresenter,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async run(
    author: Author,
    query: LinkImportQuery,
    { columns, rows }: { columns: readonly string[]; rows: readonly ImportRow[] },
  ): Promise<LinkImportResponse> {
    const { workspaceId } = author;
    const wished = query.source ?? 'auto';
    const source = wished === 'auto' ? detectSource(new Set(columns.map(plainName))) : wished;
    const mapped = mapAll(rows, source);
    const theirs = new Set(mapped.flatMap((row) => row.domain ?? []));
    const run: Run = {
      author,
      workspaceId,
      dryRun: query.dryRun === 'true',
      onConflict: query.onConflict ?? 'skip',
      domainOf: await this.domainMapping(workspaceId, query, theirs),
      taken: new Set(),
    };
    const results: LinkImportRowResponse[] = [];
    for (let from = 0; from < mapped.length; from += BATCH) {
      results.push(...(await this.batch(run, mapped.slice(from, from + BATCH), rows, from)));
    }
    const counts = Object.fromEntries(
      ROW_STATUSES.map((status) => [status, results.filter((result) => result.status === status).length]),
    ) as Record<RowStatus, number>;
    const ignored = ignoredColumns(columns.map(plainName), source);
    return {
      source,
      dryRun: run.dryRun,
      counts,
      ignoredColumns: columns.filter((name) => ignored.has(plainName(name))),
      results,
    };
  }

  /** Rows that want what an earlier one of the batch wants wait for it, so that the first in the file gets it. */
  private async batch(run: Run, batch: MappedRow[], rows: readonly ImportRow[], from: number) {
    const seen = new Set<string>();
    const isLate = batch.map((row) => {
      const wants = wantsOf(row, run);
      const waits = isRehearsedInOrder(run) || wants.some((want) => seen.has(want));
      for (const want of wants) seen.add(want);
      return waits;
    });
    const results = new Map<number, LinkImportRowResponse>();
    const work = async (i: number): Promise<void> => {
      const [row, origin] = [batch[i], rows[from + i]];
      if (row && origin) results.set(i, { row: from + i + 1, line: origin.line, ...(await this.rowResult(run, row)) });
    };
    const early = batch.flatMap((_, i) => (isLate[i] ? [] : [i]));
    const worker = async (): Promise<void> => {
      for (let i = early.shift(); i !== undefined; i = early.shift()) await work(i);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    for (let i = 0; i < batch.length; i++) if (isLate[i]) await work(i);
    return batch.flatMap((_, i) => results.get(i) ?? []);
  }

  private async rowResult(run: Run, row: MappedRow): Promise<Omit<LinkImportRowResponse, 'row' | 'line'>> {
    try {
      const domain = run.domainOf(row.domain);
      const fields = { ...row.fields, ...(domain !== undefined && { domain }) };
      const { status, link } = await this.importRow(run, await this.judged(row, fields));
      const shortUrl = link ? this.presenter.shortUrl(link.hostname, link.slug) : null;
      return { status, linkId: link?._id ?? null, shortUrl, problems: [] };
    } catch (error) {
      if (isUnavailable(error)) throw error; // what was done is found again when the file is sent again
      return { status: 'failed', linkId: null, shortUrl: null, problems: this.problemsOf(error) };
    }
  }

  /** @throws ProblemException with all that is wrong with the row: what could not be read, and what is no link. */
  private async judged({ problems }: MappedRow, fields: Record<string, unknown>): Promise<CreateLinkRequest> {
    const input = await this.bulk.validated(CreateLinkRequest, fields).catch((error: unknown) => {
      throw error instanceof ProblemException ? ProblemException.invalid(...problems, ...(error.errors ?? [])) : error;
    });
    if (problems.length > 0) throw ProblemException.invalid(...problems);
    return input;
  }

  private async importRow(run: Run, input: CreateLinkRequest): Promise<Outcome> {
    const { workspaceId, onConflict, dryRun } = run;
    const before = await this.links.findByExternalId(workspaceId, input.externalId ?? '');
    if (before) {
      if (onConflict !== 'update') return { status: 'exists', link: before };
      const { domain: _, ...changes } = input;
      return this.change(run, before, changes);
    }
    if (run.taken.has(`ext_${input.externalId}`))
      return { status: onConflict === 'update' ? 'would_update' : 'exists' };
    const atAddress = input.slug === undefined ? undefined : await this.atAddress(run, input, input.slug);
    if (atAddress === undefined && !isTakenInRun(run, input)) {
      return dryRun ? this.rehearse(run, input) : this.create(run, input);
    }
    if (onConflict === 'skip' || (onConflict === 'update' && atAddress === undefined))
      return { status: 'exists', ...(atAddress && { link: atAddress }) };
    if (onConflict === 'update' && atAddress) {
      // The externalId that others know it by stays.
      const { domain: _, slug: __, externalId, ...changes } = input;
      return this.change(run, atAddress, atAddress.externalId ? changes : { ...changes, externalId });
    }
    const slug = await this.freeSlug(run, input, input.slug ?? '');
    return dryRun ? this.rehearse(run, { ...input, slug }) : this.create(run, { ...input, slug });
  }

  private async create({ author }: Run, input: CreateLinkRequest): Promise<Outcome> {
    return { status: 'created', link: await this.links.create(author, input) };
  }

  private async rehearse(run: Run, input: CreateLinkRequest): Promise<Outcome> {
    await this.links.rehearse(run.workspaceId, input);
    for (const want of wantsOf({ fields: { ...input } }, run)) run.taken.add(want);
    return { status: 'would_create' };
  }

  private async change(
    { author, workspaceId, dryRun }: Run,
    link: Link,
    changes: Omit<CreateLinkRequest, 'domain'>,
  ): Promise<Outcome> {
    if (!dryRun) return { status: 'updated', link: await this.links.update(author, link._id, changes) };
    await this.links.rehearse(workspaceId, { ...changes, domain: link.hostname }, link);
    return { status: 'would_update', link };
  }

  private atAddress({ workspaceId }: Run, { domain }: CreateLinkRequest, slug: string): Promise<Link | undefined> {
    return this.links.findByAddress(workspaceId, domain, slug.normalize('NFC'));
  }

  /** `summer-2`, `summer-3` and so on. */
  private async freeSlug(run: Run, input: CreateLinkRequest, slug: string): Promise<string> {
    for (let n = 2; n <= MAX_RENAMES; n++) {
      const candidate = `${slug.slice(0, 185)}-${n}`;
      const isFree = (await this.atAddress(run, input, candidate)) === undefined;
      if (isFree && !isTakenInRun(run, { ...input, slug: candidate })) return candidate;
    }
    throw ProblemException.invalid({ path: 'slug', code: 'taken', message: 'it and many like it are taken' });
  }

  /** @param theirs the domains that the file names. */
  private async domainMapping(
    workspaceId: WorkspaceId,
    { domain, domainMap = '' }: LinkImportQuery,
    theirs: ReadonlySet<string>,
  ): Promise<Run['domainOf']> {
    const pairs = domainMap.split(',').map((pair) => pair.toLowerCase().split('='));
    const map = new Map(pairs.flatMap(([from, to]) => (from && to ? [[from, to] as const] : [])));
    const all = domain?.toLowerCase();
    for (const name of new Set([...map.values(), ...(all === undefined ? [] : [all])])) {
      if (await this.domains.choose(workspaceId, name)) continue;
      const message = `${name} is no verified domain of this workspace`;
      throw ProblemException.invalid({ path: name === all ? 'domain' : 'domainMap', code: 'not_found', message });
    }
    const own = new Set<string>();
    for (const name of all === undefined ? theirs : []) {
      if (await this.domains.choose(workspaceId, name)) own.add(name);
    }
    return (name = '') => map.get(name) ?? all ?? (own.has(name) ? name : undefined);
  }

  private problemsOf(error: unknown): FieldProblem[] {
    if (error instanceof ProblemException) {
      return error.errors ?? [{ path: '', code: error.code, message: error.detail }];
    }
    this.logger.error({ err: error }, 'a row of links could not be imported');
    return [{ path: '', code: 'internal_error', message: 'something went wrong on our side; import it again' }];
  }
}

function mapAll(rows: readonly ImportRow[], source: ImportSource): MappedRow[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const url = urlOf(row, source);
    const nth = seen.get(url) ?? 0;
    seen.set(url, nth + 1);
    return mapRow(row, source, nth);
  });
}

/** What only one row can have. */
function wantsOf(
  { fields, domain }: { fields: Record<string, unknown>; domain?: string | undefined },
  run: Run,
): string[] {
  const { slug, externalId } = fields;
  const host = (fields['domain'] as string | undefined) ?? run.domainOf(domain) ?? '';
  return [
    ...(typeof slug === 'string' ? [`${host}/${slug.normalize('NFC').toLowerCase()}`] : []),
    ...(typeof externalId === 'string' ? [`ext_${externalId}`] : []),
  ];
}

function isTakenInRun(run: Run, input: CreateLinkRequest): boolean {
  return run.dryRun && wantsOf({ fields: { ...input } }, run).some((want) => run.taken.has(want));
}

/** Renaming looks for slugs that are free: one row after the other, as nothing is stored that would keep two from taking the same. */
function isRehearsedInOrder({ dryRun, onConflict }: Run): boolean {
  return dryRun && onConflict === 'rename';
}
