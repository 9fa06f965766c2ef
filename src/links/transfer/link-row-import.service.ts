import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Quotas } from '../../workspaces/plans/quotas.service.js';
import type { Link } from '../link.schema.js';
import type { CreateLinkRequest } from '../links.dto.js';
import { LinkLookup } from '../link-lookup.service.js';
import { type LinkOrigin, LinksService } from '../links.service.js';
import { normalUrl } from '../rules/routing/to-routing.js';
import { linkWarnings } from '../rules/warnings/link-warnings.js';
import type { MappedRow } from '../rules/transfer/import-mapping.js';
import type { LinkImportWarning } from '../rules/transfer/import-rows.js';
import { type LinkImportRun, idKey, plannedKeysOf, type PlannedLink } from './link-import-run.js';
import type { RowStatus, SlugSource } from './link-import.dto.js';

const MAX_RENAMES = 50;

/** A row whose fields have been found valid. */
export interface ValidRow {
  input: CreateLinkRequest;
  row: MappedRow;
  /** Its number in the file, from 0. */
  index: number;
}

/** The result of a row; in a dry run, the expected result. */
export interface RowOutcome {
  status: RowStatus;
  link: PlannedLink;
  slugSource: SlugSource;
  formerSlugs: readonly string[];
  warnings: LinkImportWarning[];
}

/** Makes or changes the link of one row, or says what would become of it: both by the same steps. */
@Injectable()
export class LinkRowImport {
  constructor(
    private readonly links: LinksService,
    private readonly lookup: LinkLookup,
    private readonly quotas: Quotas,
  ) {}

  /** @throws ProblemException when the row can be no link. */
  async import(run: LinkImportRun, valid: ValidRow): Promise<RowOutcome> {
    try {
      return await this.importOnce(run, valid);
    } catch (error) {
      // Another process may have made the link meanwhile: then it is found now.
      if (run.dryRun || !(error instanceof ProblemException && error.code === 'conflict')) throw error;
      return this.importOnce(run, valid);
    }
  }

  private async importOnce(run: LinkImportRun, valid: ValidRow): Promise<RowOutcome> {
    const { input, row } = valid;
    const { onConflict } = run;
    const before =
      run.made.get(row.importId) ?? (await this.lookup.findByExternalId(run.author.workspaceId, row.importId));
    if (before && isMadeByRow(run, before, valid)) return this.madeBefore(run, before, valid);
    if (before) return onConflict === 'update' ? this.change(run, before, valid) : exists(toPlanned(before), valid);
    const plannedBefore = run.planned.get(idKey(row.importId));
    if (plannedBefore) return this.again(run, plannedBefore, valid);
    if (input.slug === undefined) return this.create(run, valid, 'random');
    const there = await this.linkAt(run, input, input.slug);
    if (there) {
      if (isMadeByRow(run, there, valid)) return this.madeBefore(run, there, valid);
      if (onConflict === 'skip') return exists(toPlanned(there), valid, SLUG_TAKEN);
      if (onConflict === 'update') return this.change(run, there, valid);
      // It was imported before, and has no id by which that could be told.
      const isOwn = input.externalId === undefined && !there.externalId && there.url === normalUrl(input.url);
      if (isOwn) return exists(toPlanned(there), valid);
    }
    const planned = run.planned.get(run.addressKey(input.domain, input.slug));
    if (planned && onConflict !== 'rename') return this.again(run, planned, valid, SLUG_TAKEN);
    if (!there && !planned) return this.create(run, valid, 'file');
    const slug = await this.freeSlug(run, input, input.slug);
    return this.create(run, { ...valid, input: { ...input, slug } }, 'renamed');
  }

  /** Checks a later row of a dry run for a link that an earlier row would have created. */
  private async again(run: LinkImportRun, planned: PlannedLink, valid: ValidRow, code?: string): Promise<RowOutcome> {
    if (run.onConflict !== 'update') return exists(planned, valid, code);
    const warnings: LinkImportWarning[] = valid.row.hadPassword ? [PASSWORD_LEFT] : [];
    warnings.push(...(await this.links.dryRun(run.author.workspaceId, valid.input)));
    planned.url = normalUrl(valid.input.url);
    return { status: 'would_update', link: { ...planned }, slugSource: 'link', formerSlugs: [], warnings };
  }

  private async create(run: LinkImportRun, valid: ValidRow, slugSource: SlugSource): Promise<RowOutcome> {
    const { row, index } = valid;
    const warnings: LinkImportWarning[] = [];
    const formerSlugs = await this.freeFormerSlugs(run, valid, warnings);
    const input = { ...valid.input };
    // Only what was made under another slug cannot be found by that of the file.
    if (slugSource === 'renamed') input.externalId ??= row.importId;
    if (row.hadPassword) {
      input.paused = true;
      warnings.push(PASSWORD_LEFT);
    }
    if (slugSource === 'renamed') warnings.push(renamed(String(row.fields['slug'])));
    const createdAt = new Date(run.startedAt - index);
    if (run.dryRun) {
      // The same are found as in the link that would be made.
      warnings.push(...(await this.links.dryRun(run.author.workspaceId, input)));
      const link = await this.plan(run, input, row.importId, formerSlugs);
      return { status: 'would_create', link, slugSource, formerSlugs, warnings };
    }
    const made = await this.make(run, input, row.importId, { createdAt, formerSlugs });
    warnings.push(...linkWarnings(made, { now: new Date() }));
    return { status: 'created', link: toPlanned(made), slugSource, formerSlugs, warnings };
  }

  /** The result for a link that a process has made from this row before it was killed. */
  private madeBefore(run: LinkImportRun, link: Link, { input, row }: ValidRow): RowOutcome {
    if (link.externalId !== row.importId) run.made.set(row.importId, link);
    const isRenamed = input.slug !== undefined && link.slug !== input.slug.normalize('NFC');
    const slugSource = input.slug === undefined ? 'random' : isRenamed ? 'renamed' : 'file';
    const warnings: LinkImportWarning[] = row.hadPassword ? [PASSWORD_LEFT] : [];
    if (isRenamed) warnings.push(renamed(String(row.fields['slug'])));
    warnings.push(...linkWarnings(link, { now: new Date() }));
    return { status: 'created', link: toPlanned(link), slugSource, formerSlugs: link.formerSlugs ?? [], warnings };
  }

  private async make(
    run: LinkImportRun,
    input: CreateLinkRequest,
    importId: string,
    origin: LinkOrigin,
  ): Promise<Link> {
    const link = await this.links.create(run.author, input, origin);
    if (input.externalId !== importId) run.made.set(importId, link);
    return link;
  }

  private async plan(
    run: LinkImportRun,
    input: CreateLinkRequest,
    importId: string,
    formerSlugs: readonly string[],
  ): Promise<PlannedLink> {
    const { workspaceId } = run.author;
    run.plannedCount++;
    await this.quotas.check(workspaceId, 'links', run.plannedCount).catch((error: unknown) => {
      run.plannedCount--;
      throw error;
    });
    const { domain, slug } = input;
    const url = normalUrl(input.url);
    const planned = { linkId: null, domain: domain ?? '', slug: slug?.normalize('NFC') ?? null, url };
    for (const key of plannedKeysOf(run, { domain, slug, formerSlugs, importId })) run.planned.set(key, planned);
    return planned;
  }

  private async change(run: LinkImportRun, link: Link, { input, row }: ValidRow): Promise<RowOutcome> {
    const { author, dryRun } = run;
    const isSameId = link.externalId === row.importId;
    const { domain: _, slug, externalId, ...rest } = input;
    // The externalId that others know it by stays. The slug moves only where the link is found by its id.
    const changes = {
      ...rest,
      ...(isSameId && slug !== undefined && { slug }),
      ...(!link.externalId && externalId !== undefined && { externalId }),
    };
    const warnings: LinkImportWarning[] = [];
    if (row.hadPassword && !link.passwordHash) {
      changes.paused = true;
      warnings.push(PASSWORD_LEFT);
    }
    if (!dryRun) {
      const after = await this.links.update(author, link._id, changes);
      warnings.push(...linkWarnings(after, { now: new Date() }));
      if (run.made.has(row.importId)) run.made.set(row.importId, after);
      return { status: 'updated', link: toPlanned(after), slugSource: 'link', formerSlugs: [], warnings };
    }
    warnings.push(...(await this.links.dryRun(author.workspaceId, { ...changes, domain: link.hostname }, link)));
    if (isSameId && slug !== undefined && run.planned.has(run.addressKey(link.hostname, slug))) throw TAKEN_IN_FILE();
    const after = {
      ...toPlanned(link),
      url: normalUrl(input.url),
      ...(isSameId && slug !== undefined && { slug: slug.normalize('NFC') }),
    };
    return { status: 'would_update', link: after, slugSource: 'link', formerSlugs: [], warnings };
  }

  private linkAt({ author }: LinkImportRun, { domain }: CreateLinkRequest, slug: string): Promise<Link | undefined> {
    return this.lookup.findByAddress(author.workspaceId, domain, slug.normalize('NFC'));
  }

  private async isFree(run: LinkImportRun, input: CreateLinkRequest, slug: string): Promise<boolean> {
    if (run.planned.has(run.addressKey(input.domain, slug))) return false;
    return (await this.linkAt(run, input, slug)) === undefined;
  }

  /** `summer-2`, `summer-3` and so on. */
  private async freeSlug(run: LinkImportRun, input: CreateLinkRequest, slug: string): Promise<string> {
    for (let n = 2; n <= MAX_RENAMES; n++) {
      const candidate = `${slug.slice(0, 185)}-${n}`;
      if (await this.isFree(run, input, candidate)) return candidate;
    }
    throw ProblemException.invalid({ path: 'slug', code: 'taken', message: 'it and many like it are taken' });
  }

  private async freeFormerSlugs(
    run: LinkImportRun,
    { input, row }: ValidRow,
    warnings: LinkImportWarning[],
  ): Promise<string[]> {
    const free: string[] = [];
    for (const slug of row.formerSlugs) {
      if (await this.isFree(run, input, slug)) free.push(slug);
      else warnings.push({ code: 'former_slug_left', message: `"${slug}" is taken; it does not lead to this link.` });
    }
    return free;
  }
}

/** Whether this row of this job has made the link: no other link gets the row's time as its time of creation. */
function isMadeByRow({ dryRun, startedAt }: LinkImportRun, { createdAt }: Link, { index }: ValidRow): boolean {
  return !dryRun && createdAt.getTime() === startedAt - index;
}

const SLUG_TAKEN = 'slug_taken';
const PASSWORD_LEFT: LinkImportWarning = {
  code: 'password_left',
  message: 'The link had a password, which is not in the file. It comes in paused: set a password, then resume it.',
};
const TAKEN_IN_FILE = (): ProblemException =>
  new ProblemException('conflict', 'Another link on this domain has this slug.');

/** @param code why it is no news; left out: the row was imported before. */
function exists(link: PlannedLink, valid: ValidRow, code = 'differs'): RowOutcome {
  const isSame = normalUrl(valid.input.url) === link.url;
  const what = code === SLUG_TAKEN ? 'The slug is taken by a link that' : 'The link of this row is there already and';
  const message = `${what} leads to ${link.url}; this row was left out.`;
  const warnings = isSame ? [] : [{ code, message }];
  return { status: 'exists', link, slugSource: 'link', formerSlugs: [], warnings };
}

function renamed(slug: string): LinkImportWarning {
  return { code: 'renamed', message: `"${slug}" is taken by another link; this one gets another slug.` };
}

function toPlanned({ _id, hostname, slug, url }: Link): PlannedLink {
  return { linkId: _id, domain: hostname, slug, url };
}
