import { Injectable } from '@nestjs/common';
import { asHostname } from '../domains/rules/hostname.js';
import { KeyedMutex } from '../platform/concurrency/keyed-mutex.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import { isId, newId } from '../platform/ids/ids.js';
import { DatabaseTimeout, duplicateFields, isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import type { Within } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { RestrictedAuthor, Viewer } from '../workspaces/caller.js';
import { Quotas } from '../workspaces/plans/quotas.service.js';
import {
  isWithinLimits,
  type LimitedLink,
  limitsCondition,
  limitsProblem,
} from '../workspaces/restrictions/rules/link-limits.js';
import { CheckResultsRepository } from './check-results/check-results.repository.js';
import { LinkLookup } from './link-lookup.service.js';
import type { Link } from './link.schema.js';
import type { CreateLinkRequest, UpdateLinkRequest, UpsertLinkRequest } from './links.dto.js';
import { MAX_FORMER_SLUGS } from './rules/link-input.js';
import { randomSlug } from './rules/slug.js';
import type { LinkWarning } from './rules/warnings/link-warning.js';
import { linkWarnings } from './rules/warnings/link-warnings.js';
import { LinkAddresses } from './write/link-addresses.service.js';
import { DOMAIN_STAYS, NOTHING_TO_FIND_BY, SLUG_OF_ANOTHER, SLUG_TAKEN, toConflict } from './write/link-conflicts.js';
import { LinkInputService } from './write/link-input.service.js';
import { LinkUrlPolicy } from './write/link-url-policy.service.js';
import { LinkWrites } from './write/link-writes.service.js';

const SLUG_ATTEMPTS = 5;
/** How long a deleted link can be restored. */
const RESTORABLE_MS = 30 * 24 * 3_600_000;
/** How long a change waits for earlier changes of the same link. */
const PATIENCE_MS = 60_000;

/** Properties of an imported link that it had in its earlier system. */
export interface LinkOrigin {
  /** Its place in lists. Default: now. */
  createdAt?: Date;
  /** Other slugs that lead to it; valid, and none of them taken. */
  formerSlugs?: readonly string[];
}

/**
 * Creates, changes, deletes and restores links. Requests are checked in write/link-input.service.ts; links are found by
 * link-lookup.service.ts.
 */
@Injectable()
export class LinksService {
  /** One change of a link at a time in this process: simultaneous ones would conflict in MongoDB and be repeated. */
  private readonly changes = new KeyedMutex(PATIENCE_MS, () => new DatabaseTimeout());

  constructor(
    private readonly lookup: LinkLookup,
    private readonly inputs: LinkInputService,
    private readonly addresses: LinkAddresses,
    private readonly sequences: SequenceRepository,
    private readonly urls: LinkUrlPolicy,
    private readonly writes: LinkWrites,
    private readonly quotas: Quotas,
    private readonly checkResults: CheckResultsRepository,
  ) {}

  /** @throws ProblemException 409 when the slug or the external id is taken, 422, or that of the quota. */
  create(author: RestrictedAuthor, input: CreateLinkRequest, origin: LinkOrigin = {}): Promise<Link> {
    return this.quotas.reserve(author.workspaceId, 'links', () => this.insert(author, input, origin));
  }

  /**
   * Checks a request as `create` and `update` do, and stores nothing. The caller checks that the slug and the external id of
   * a new link are free.
   * @param link the link that would be changed; a new one without it.
   * @returns the warnings that the link would have.
   * @throws ProblemException like `create` and `update`.
   */
  async dryRun(workspaceId: WorkspaceId, input: CreateLinkRequest, link?: Link): Promise<LinkWarning[]> {
    const { fields, slug } = await this.inputs.toNewLink(workspaceId, input, link);
    const isGiven = (field: string): boolean => input[field as keyof CreateLinkRequest] !== undefined;
    const changes = link && Object.fromEntries(Object.entries(fields).filter(([field]) => isGiven(field)));
    const warnings = linkWarnings({ ...(link ?? fields), ...changes }, { now: new Date() });
    if (link === undefined || slug === undefined) return warnings;
    const found = await this.lookup.findByAddress(workspaceId, link.hostname, slug);
    if (found !== undefined && found._id !== link._id) throw SLUG_TAKEN();
    return warnings;
  }

  /**
   * @param reference a link's id or `ext_<externalId>`.
   * @throws ProblemException 404, 409 or 422.
   */
  async update(author: RestrictedAuthor, reference: string, request: UpdateLinkRequest): Promise<Link> {
    const { workspaceId } = author;
    const input = await this.inputs.checked(workspaceId, request);
    const passwordHash = await this.inputs.hashPassword(input.password);
    const id = isId('lnk', reference) ? reference : (await this.lookup.get(author, reference))._id;
    return this.changes.take(id, () => this.change(author, id, input, passwordHash));
  }

  /** Changes the link with this external id, else the one at this domain and slug; creates one where there is none. */
  async upsert(author: RestrictedAuthor, input: UpsertLinkRequest): Promise<{ link: Link; isNew: boolean }> {
    const { externalId, slug } = input;
    if (!externalId && slug === undefined) throw ProblemException.invalid(NOTHING_TO_FIND_BY);
    const wanted = externalId ? `ext_${externalId}` : `${input.domain ?? ''}/${slug}`;
    return this.changes.take(`${author.workspaceId}/${wanted}`, () => this.changeOrCreate(author, input));
  }

  async delete(author: RestrictedAuthor, reference: string): Promise<void> {
    const link = await this.lookup.get(author, reference);
    const now = new Date();
    const deleted = { live: false, deletedAt: now, updatedAt: now };
    const filter = { live: true, ...limitsCondition(author.restrictions.linkLimits) } as Within<Link>;
    await this.writes.change(author, 'link.deleted', link, filter, deleted);
    await this.addresses.forget(link);
    await this.checkResults.deleteById(author.workspaceId, link._id);
  }

  /** Takes back a deletion of the last 30 days. Former slugs that other links have taken meanwhile stay with those. */
  restore(author: RestrictedAuthor, reference: string): Promise<Link> {
    return this.quotas.reserve(author.workspaceId, 'links', () => this.undelete(author, reference));
  }

  /** Frees a former slug for other links. @throws ProblemException 404. */
  async deleteFormerSlug(author: RestrictedAuthor, reference: string, slug: string): Promise<void> {
    const { workspaceId } = author;
    for (;;) {
      const link = await this.lookup.get(author, reference);
      const isCaseSensitive = await this.addresses.isCaseSensitiveOn(workspaceId, link.hostname);
      const keyOf = (text: string): string => this.addresses.keyOf(text, isCaseSensitive);
      const formerSlugs = (link.formerSlugs ?? []).filter((former) => keyOf(former) !== keyOf(slug));
      if (formerSlugs.length === (link.formerSlugs ?? []).length) throw ProblemException.notFound('former slug');
      const filter = { slugKeys: link.slugKeys, live: true };
      const slugKeys = [link.slug, ...formerSlugs].map(keyOf);
      const fields = { formerSlugs, slugKeys, updatedAt: new Date() };
      const after = await this.writes.change(author, 'link.updated', link, filter, fields);
      await this.addresses.forget(link);
      if (after) return;
    }
  }

  private async insert(author: RestrictedAuthor, input: CreateLinkRequest, origin: LinkOrigin): Promise<Link> {
    const { fields, slug, isCaseSensitive } = await this.inputs.toNewLink(author.workspaceId, input);
    checkLimits(author, fields);
    const passwordHash = await this.inputs.hashPassword(input.password);
    const number = await this.sequences.next('link');
    for (let attempt = 1; ; attempt++) {
      const ownSlug = slug ?? randomSlug(number, isCaseSensitive);
      const formerSlugs = (origin.formerSlugs ?? []).slice(0, MAX_FORMER_SLUGS);
      const slugs = [ownSlug, ...formerSlugs];
      const now = new Date();
      const createdAt = origin.createdAt ?? now;
      try {
        const link = await this.writes.insert(author, {
          ...fields,
          ...(passwordHash !== undefined && { passwordHash }),
          ...(formerSlugs.length > 0 && { formerSlugs }),
          _id: newId('lnk', createdAt.getTime()), // lists are sorted by it, and read the time of creation from it
          createdAt,
          updatedAt: now,
          number,
          slug: ownSlug,
          slugKeys: [...new Set(slugs.map((one) => this.addresses.keyOf(one, isCaseSensitive)))],
        });
        await this.addresses.forget(link); // caches may hold that there is no link at this address
        return link;
      } catch (error) {
        if (slug !== undefined || !isSlugTaken(error) || attempt === SLUG_ATTEMPTS) throw toConflict(error);
      }
    }
  }

  private async changeOrCreate(
    author: RestrictedAuthor,
    input: UpsertLinkRequest,
  ): Promise<{ link: Link; isNew: boolean }> {
    for (let attempt = 1; ; attempt++) {
      const found = await this.findForUpsert(author, input);
      if (found) return { link: await this.update(author, found.link._id, found.changes), isNew: false };
      try {
        return { link: await this.create(author, input), isNew: true };
      } catch (error) {
        // Another process has created it meanwhile: then it is found the second time.
        if (!(error instanceof ProblemException && error.code === 'conflict') || attempt === 2) throw error;
      }
    }
  }

  /** A link that the author may not see is not found: to create it then conflicts, as a slug of another owner would. */
  private async findForUpsert(
    { workspaceId, restrictions }: Viewer,
    input: UpsertLinkRequest,
  ): Promise<{ link: Link; changes: UpdateLinkRequest } | undefined> {
    const visible = (found: Link | undefined): Link | undefined =>
      found && isWithinLimits(restrictions.linkLimits, found) ? found : undefined;
    const { domain, slug, ...changes } = input;
    const { externalId } = changes;
    const named = externalId ? visible(await this.lookup.findByExternalId(workspaceId, externalId)) : undefined;
    if (named) {
      if (domain !== undefined && asHostname(domain) !== named.hostname) throw DOMAIN_STAYS();
      return { link: named, changes: slug === undefined ? changes : { ...changes, slug } };
    }
    const link = slug === undefined ? undefined : visible(await this.lookup.findByAddress(workspaceId, domain, slug));
    // Two objects of the caller would otherwise take one link from each other with each upsert.
    if (link && externalId && link.externalId && link.externalId !== externalId) throw SLUG_OF_ANOTHER();
    // A link that was found by a slug, current or former, keeps its current one.
    return link && { link, changes };
  }

  /** @param input as `LinkInputService.checked` returns it. */
  private async change(
    author: RestrictedAuthor,
    id: string,
    input: UpdateLinkRequest,
    passwordHash: string | null | undefined,
  ): Promise<Link> {
    for (;;) {
      const before = await this.lookup.get(author, id);
      const changes = {
        ...(await this.inputs.toChanges(author.workspaceId, before, input)),
        ...(passwordHash !== undefined && { passwordHash }),
      };
      checkLimits(author, { ...before, ...changes });
      try {
        // Only as it was read: after another change, the addresses to forget would not be known.
        const filter = { slugKeys: before.slugKeys, updatedAt: before.updatedAt, live: true };
        const after = await this.writes.change(author, 'link.updated', before, filter, changes);
        if (after) return after;
      } catch (error) {
        throw toConflict(error);
      } finally {
        // Also without an answer of MongoDB: the change may have been stored.
        await this.addresses.forget(before, changes.slugKeys);
      }
    }
  }

  private async undelete(author: RestrictedAuthor, reference: string): Promise<Link> {
    const { workspaceId } = author;
    const link = await this.lookup.findDeleted(author, reference, new Date(Date.now() - RESTORABLE_MS));
    if (!link) throw ProblemException.notFound('deleted link (of the last 30 days)');
    // Its domain's case sensitivity may have changed meanwhile, and its destination may have been banned.
    const isCaseSensitive = await this.addresses.isCaseSensitiveOn(workspaceId, link.hostname);
    const slugs = [link.slug, ...(link.formerSlugs ?? [])];
    const slugKeys = slugs.map((slug) => this.addresses.keyOf(slug, isCaseSensitive));
    const now = new Date();
    const restored = { live: true, deletedAt: null, updatedAt: now, slugKeys, ...this.urls.suspension(link, now) };
    const write = (fields: Partial<Link>): Promise<Link | undefined> =>
      this.writes.change(author, 'link.restored', link, { live: false }, fields);
    try {
      const after = await write(restored).catch((error: unknown) => {
        if (!isSlugTaken(error) || slugKeys.length === 1) throw error;
        return write({ ...restored, formerSlugs: [], slugKeys: slugKeys.slice(0, 1) });
      });
      await this.addresses.forget(link, slugKeys);
      return after ?? (await this.lookup.get(author, link._id));
    } catch (error) {
      throw toConflict(error);
    }
  }
}

function isSlugTaken(error: unknown): boolean {
  return isDuplicateKey(error) && duplicateFields(error).includes('slugKeys');
}

/** @throws ProblemException 403 */
function checkLimits({ restrictions: { linkLimits } }: Viewer, link: LimitedLink): void {
  const problem = limitsProblem(linkLimits, link);
  if (problem !== undefined) throw new ProblemException('forbidden', problem);
}
