import type { Author } from '../workspaces/caller.js';
import { Injectable } from '@nestjs/common';
import { asHostname } from '../domains/rules/hostname.js';
import { DomainsService } from '../domains/domains.service.js';
import type { Network } from '../networks/network.schema.js';
import { NetworksService } from '../networks/networks.service.js';
import { type FieldProblem, ProblemException } from '../platform/http/problems/problem.js';
import { isId, newId } from '../platform/ids/ids.js';
import { KeyedMutex } from '../platform/concurrency/keyed-mutex.js';
import { DatabaseTimeout, duplicateFields, isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { Quotas } from '../workspaces/plans/quotas.service.js';
import { DOMAIN_STAYS, NOTHING_TO_FIND_BY, SLUG_OF_ANOTHER, SLUG_TAKEN, toConflict } from './write/link-conflicts.js';
import { LinkAddresses } from './write/link-addresses.service.js';
import {
  builtUrl,
  changedSlug,
  toLinkInput,
  MAX_FORMER_SLUGS,
  NO_SUCH_NETWORK,
  periodProblems,
  noSuchDomain,
  type SlugChange,
  TOO_MANY_FORMER_SLUGS,
} from './rules/link-input.js';
import { cloakProblems, LinkUrlPolicy } from './write/link-url-policy.service.js';
import { LinkWrites } from './write/link-writes.service.js';
import type { Link } from './link.schema.js';
import type { CreateLinkRequest, UpdateLinkRequest, UpsertLinkRequest } from './links.dto.js';
import { LinksRepository } from './links.repository.js';
import { PasswordHasher } from './password/password-hasher.service.js';
import { randomSlug } from './rules/slug.js';
import type { LinkWarning } from './rules/warnings/link-warning.js';
import { linkWarnings } from './rules/warnings/link-warnings.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import { UtmTemplates } from './utm-templates/utm-templates.service.js';

const DEFAULT_CLICK_ID_PARAM = 'click_id';
const SLUG_ATTEMPTS = 5;
/** For so long a deleted link can be had back. */
const RESTORABLE_MS = 30 * 24 * 3_600_000;
/** So long a change waits for those of the same link that came before it. */
const PATIENCE_MS = 60_000;

/** A link as it is to be stored, and who serves it. */
interface Prepared {
  fields: Omit<Link, '_id' | 'workspaceId' | 'slug' | 'slugKeys' | 'number' | 'createdAt' | 'updatedAt'>;
  slug: string | undefined;
  isCaseSensitive: boolean;
}

/** What a link that is moved here brings along. */
export interface LinkOrigin {
  /** Its place in lists. Default: now. */
  createdAt?: Date;
  /** Other slugs that lead to it; valid ones, none of them taken. */
  formerSlugs?: readonly string[];
}

/** Rules for making and changing links. */
@Injectable()
export class LinksService {
  /** Changes of one link, in this process: at once, all but one would have to be begun again, and again. */
  private readonly turns = new KeyedMutex(PATIENCE_MS, () => new DatabaseTimeout());

  constructor(
    private readonly links: LinksRepository,
    private readonly addresses: LinkAddresses,
    private readonly domains: DomainsService,
    private readonly networks: NetworksService,
    private readonly sequences: SequenceRepository,
    private readonly judge: LinkUrlPolicy,
    private readonly writes: LinkWrites,
    private readonly passwords: PasswordHasher,
    private readonly quotas: Quotas,
    private readonly utmTemplates: UtmTemplates,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  create(author: Author, input: CreateLinkRequest, origin: LinkOrigin = {}): Promise<Link> {
    return this.quotas.reserve(author.workspaceId, 'links', () => this.make(author, input, origin));
  }

  private async make(author: Author, input: CreateLinkRequest, origin: LinkOrigin): Promise<Link> {
    const { workspaceId } = author;
    const { fields, slug, isCaseSensitive } = await this.prepare(workspaceId, input);
    const passwordHash = await this.hashOf(input.password);
    const number = await this.sequences.next('link');
    for (let attempt = 1; ; attempt++) {
      const own = slug ?? randomSlug(number, isCaseSensitive);
      const formerSlugs = (origin.formerSlugs ?? []).slice(0, MAX_FORMER_SLUGS);
      const slugKeys = [...new Set([own, ...formerSlugs].map((one) => this.addresses.keyOf(one, isCaseSensitive)))];
      const now = new Date();
      const createdAt = origin.createdAt ?? now;
      try {
        const link = await this.writes.insert(author, {
          ...fields,
          ...(passwordHash !== undefined && { passwordHash }),
          ...(formerSlugs.length > 0 && { formerSlugs }),
          _id: newId('lnk', createdAt.getTime()), // lists go by it, and say when it was made
          createdAt,
          updatedAt: now,
          number,
          slug: own,
          slugKeys,
        });
        await this.addresses.forget(link); // the address may be remembered as unknown
        return link;
      } catch (error) {
        const isTaken = isDuplicateKey(error) && duplicateFields(error).includes('slugKeys');
        if (slug !== undefined || !isTaken || attempt === SLUG_ATTEMPTS) throw toConflict(error);
      }
    }
  }

  /**
   * Whether such a link could be made now, or `link` be changed so; does neither. That slug and externalId of a new one are free
   * is for the caller to ask.
   * @returns what the link would be warned of.
   * @throws ProblemException like `create` and `update`.
   */
  async rehearse(workspaceId: WorkspaceId, input: CreateLinkRequest, link?: Link): Promise<LinkWarning[]> {
    const { fields, slug } = await this.prepare(workspaceId, input, link);
    const isGiven = (field: string): boolean => input[field as keyof CreateLinkRequest] !== undefined;
    const changes = link && Object.fromEntries(Object.entries(fields).filter(([field]) => isGiven(field)));
    const warnings = linkWarnings({ ...(link ?? fields), ...changes }, { now: new Date() });
    if (link === undefined || slug === undefined) return warnings;
    const there = await this.findByAddress(workspaceId, link.hostname, slug);
    if (there !== undefined && there._id !== link._id) throw SLUG_TAKEN();
    return warnings;
  }

  /** @param reference a link's id or `ext_<externalId>`. */
  async read(workspaceId: WorkspaceId, reference: string): Promise<Link> {
    const link = await this.links.findOne(workspaceId, { ...byReference(reference), live: true });
    if (!link) throw ProblemException.notFound('link');
    return link;
  }

  /** The workspace's link at an address, also under a former slug. */
  async findByAddress(workspaceId: WorkspaceId, hostname: string | undefined, slug: string): Promise<Link | undefined> {
    const domain = await this.domains.choose(workspaceId, hostname);
    if (!domain) return undefined;
    const slugKeys = this.addresses.keyOf(slug, this.addresses.isCaseSensitive(domain));
    return this.links.findOne(workspaceId, { hostname: domain.hostname, slugKeys, live: true });
  }

  async findByExternalId(workspaceId: WorkspaceId, externalId: string): Promise<Link | undefined> {
    return this.links.findOne(workspaceId, { ...byExternalId(externalId), live: true });
  }

  async update(author: Author, reference: string, input: UpdateLinkRequest): Promise<Link> {
    const { workspaceId } = author;
    const { utm, problems } = await this.utmTemplates.resolve(workspaceId, input);
    const url = builtUrl({ ...input, utm });
    const given = { ...input, utm, ...(url !== undefined && { url }) };
    this.refuse(...problems, ...(await this.problemsOf(workspaceId, given)));
    const passwordHash = await this.hashOf(input.password);
    const id = isId('lnk', reference) ? reference : (await this.read(workspaceId, reference))._id;
    return this.turns.take(id, () => this.change(author, id, given, passwordHash));
  }

  /** Changes the link with this externalId, else the one at this domain and slug; makes one where there is none. */
  async upsert(author: Author, input: UpsertLinkRequest): Promise<{ link: Link; isNew: boolean }> {
    const { externalId, slug } = input;
    if (!externalId && slug === undefined) throw ProblemException.invalid(NOTHING_TO_FIND_BY);
    const wanted = externalId ? `ext_${externalId}` : `${input.domain ?? ''}/${slug}`;
    return this.turns.take(`${author.workspaceId}/${wanted}`, () => this.changeOrCreate(author, input));
  }

  async delete(author: Author, reference: string): Promise<void> {
    const link = await this.read(author.workspaceId, reference);
    const now = new Date();
    const gone = { live: false, deletedAt: now, updatedAt: now };
    await this.writes.change(author, 'link.deleted', link, { live: true }, gone);
    await this.addresses.forget(link);
  }

  /** Takes back a deletion of the last 30 days. Former slugs that others have taken meanwhile stay with these. */
  restore(author: Author, reference: string): Promise<Link> {
    return this.quotas.reserve(author.workspaceId, 'links', () => this.bringBack(author, reference));
  }

  private async bringBack(author: Author, reference: string): Promise<Link> {
    const { workspaceId } = author;
    const since = new Date(Date.now() - RESTORABLE_MS);
    const filter = { ...byReference(reference), live: false, deletedAt: { $gte: since } };
    const [link] = await this.links.findMany(workspaceId, filter, undefined, { sort: { deletedAt: -1 }, limit: 1 });
    if (!link) throw ProblemException.notFound('deleted link (of the last 30 days)');
    // Meanwhile case may have come to matter on its domain, or not to, and its destination may have been banned.
    const isCaseSensitive = await this.addresses.isCaseSensitiveOn(workspaceId, link.hostname);
    const slugKeys = [link.slug, ...(link.formerSlugs ?? [])].map((slug) =>
      this.addresses.keyOf(slug, isCaseSensitive),
    );
    const now = new Date();
    const back = { live: true, deletedAt: null, updatedAt: now, slugKeys, ...this.judge.suspension(link, now) };
    const bare = { ...back, formerSlugs: [], slugKeys: slugKeys.slice(0, 1) };
    const write = (fields: Partial<Link>): Promise<Link | undefined> =>
      this.writes.change(author, 'link.restored', link, { live: false }, fields);
    const restored = await this.orConflict(() =>
      write(back).catch((error: unknown) => {
        const isTaken = isDuplicateKey(error) && duplicateFields(error).includes('slugKeys');
        if (!isTaken || slugKeys.length === 1) throw error;
        return write(bare);
      }),
    );
    await this.addresses.forget(link, slugKeys);
    return restored ?? this.read(workspaceId, link._id);
  }

  /** Gives a former slug free. */
  async dropFormerSlug(author: Author, reference: string, slug: string): Promise<void> {
    const { workspaceId } = author;
    for (;;) {
      const link = await this.read(workspaceId, reference);
      const isCaseSensitive = await this.addresses.isCaseSensitiveOn(workspaceId, link.hostname);
      const keyOf = (text: string): string => this.addresses.keyOf(text, isCaseSensitive);
      const formerSlugs = (link.formerSlugs ?? []).filter((former) => keyOf(former) !== keyOf(slug));
      if (formerSlugs.length === (link.formerSlugs ?? []).length) throw ProblemException.notFound('former slug');
      const filter = { slugKeys: link.slugKeys, live: true };
      const slugKeys = [link.slug, ...formerSlugs].map(keyOf);
      const changes = { formerSlugs, slugKeys, updatedAt: new Date() };
      const after = await this.writes.change(author, 'link.updated', link, filter, changes);
      await this.addresses.forget(link);
      if (after) return;
    }
  }

  private async changeOrCreate(author: Author, input: UpsertLinkRequest): Promise<{ link: Link; isNew: boolean }> {
    const { workspaceId } = author;
    const { domain, slug, ...changes } = input;
    const { externalId } = changes;
    for (let attempt = 1; ; attempt++) {
      const named = externalId ? await this.findByExternalId(workspaceId, externalId) : undefined;
      const there = named ?? (slug === undefined ? undefined : await this.findByAddress(workspaceId, domain, slug));
      if (named && domain !== undefined && asHostname(domain) !== named.hostname) throw DOMAIN_STAYS();
      if (there) {
        // Otherwise two of somebody's things would take one link from each other for ever.
        if (!named && externalId && there.externalId && there.externalId !== externalId) throw SLUG_OF_ANOTHER();
        // Found by its slug, or one of its former: that is the one it keeps.
        const wish = named && slug !== undefined ? { ...changes, slug } : changes;
        return { link: await this.update(author, there._id, wish), isNew: false };
      }
      try {
        return { link: await this.create(author, input), isNew: true };
      } catch (error) {
        // Somebody else has just made it.
        if (!(error instanceof ProblemException && error.code === 'conflict') || attempt === 2) throw error;
      }
    }
  }

  /** @param given judged already. */
  private async change(
    author: Author,
    id: string,
    given: UpdateLinkRequest,
    passwordHash: string | null | undefined,
  ): Promise<Link> {
    for (;;) {
      const before = await this.read(author.workspaceId, id);
      const changes = {
        ...(await this.changesOf(author.workspaceId, before, given)),
        ...(passwordHash !== undefined && { passwordHash }),
      };
      const { slugKeys, updatedAt } = before;
      try {
        // As it was read only: had somebody else just changed it, we would not know which addresses to forget.
        const filter = { slugKeys, updatedAt, live: true };
        const write = () => this.writes.change(author, 'link.updated', before, filter, changes);
        const after = await this.orConflict(write);
        if (after) return after;
      } finally {
        // Even if no answer came: it may have been stored.
        await this.addresses.forget(before, changes.slugKeys);
      }
    }
  }

  /** @param before the link that would be changed, if there is one. */
  private async prepare(workspaceId: WorkspaceId, request: CreateLinkRequest, before?: Link): Promise<Prepared> {
    const { utm, problems } = await this.utmTemplates.resolve(workspaceId, request);
    const input = { ...request, url: builtUrl({ ...request, utm }) ?? request.url };
    const [domain, network, urlProblems, draft] = await Promise.all([
      this.domains.choose(workspaceId, input.domain),
      this.networkOf(workspaceId, input.networkId),
      this.judge.problems(input),
      this.draft(workspaceId, input, new Date()),
    ]);
    this.refuse(
      ...(domain ? [] : [noSuchDomain(input.domain)]),
      ...(network === 'unknown' ? [NO_SUCH_NETWORK] : []),
      ...problems,
      ...urlProblems,
      ...periodProblems({ ...before, ...draft }, input),
    );
    if (!domain || network === 'unknown') throw ProblemException.invalid(noSuchDomain(input.domain));
    const { clickIdParam, url } = input;
    const fields = {
      ...draft,
      url: draft.url ?? url,
      hostname: domain.hostname,
      tags: draft.tags ?? [],
      clickIdParam: clickIdParam === undefined ? (network?.clickIdParam ?? DEFAULT_CLICK_ID_PARAM) : clickIdParam,
      forwardQuery: input.forwardQuery ?? 'fill',
      redirectStatus: input.redirectStatus ?? 302,
      paused: input.paused ?? false,
      live: true,
    } as const;
    return { fields, slug: input.slug?.normalize('NFC'), isCaseSensitive: this.addresses.isCaseSensitive(domain) };
  }

  /** What is wrong with a change, whatever link it is for. */
  private async problemsOf(workspaceId: WorkspaceId, input: UpdateLinkRequest): Promise<FieldProblem[]> {
    const [network, urlProblems] = await Promise.all([
      this.networkOf(workspaceId, input.networkId),
      this.judge.problems(input),
    ]);
    return [...(network === 'unknown' ? [NO_SUCH_NETWORK] : []), ...urlProblems];
  }

  private async changesOf(
    workspaceId: WorkspaceId,
    before: Link,
    input: UpdateLinkRequest,
  ): Promise<Partial<Link> & { updatedAt: Date }> {
    const now = new Date();
    const url = input.url ?? builtUrl(input, before.url);
    if (url !== input.url) this.refuse(...(await this.judge.problems({ url })));
    const changes = {
      ...(await this.draft(workspaceId, { ...input, ...(url !== undefined && { url }) }, now)),
      ...(input.slug !== undefined && (await this.slugChange(workspaceId, before, input.slug, input.keepOldSlug))),
      updatedAt: now,
    };
    const after = { ...before, ...changes };
    this.refuse(...cloakProblems(after, input), ...periodProblems(after, input));
    return { ...changes, ...this.judge.suspension(after, now) };
  }

  /** The time zone is looked up where the request has a time. */
  private async draft(workspaceId: WorkspaceId, input: UpdateLinkRequest, now: Date): Promise<Partial<Link>> {
    const hasTimes = typeof input.startsAt === 'string' || typeof input.expiresAt === 'string';
    const { timezone } = hasTimes ? await this.settings.of(workspaceId) : { timezone: 'UTC' };
    return toLinkInput(input, now, timezone);
  }

  private async slugChange(
    workspaceId: WorkspaceId,
    before: Link,
    slug: string,
    keepsOld = false,
  ): Promise<SlugChange> {
    const isCaseSensitive = await this.addresses.isCaseSensitiveOn(workspaceId, before.hostname);
    const keyOf = (text: string): string => this.addresses.keyOf(text, isCaseSensitive);
    const change = changedSlug(before, slug.normalize('NFC'), keepsOld, keyOf);
    if (change.formerSlugs.length > MAX_FORMER_SLUGS) throw ProblemException.invalid(TOO_MANY_FORMER_SLUGS);
    return change;
  }

  /** `undefined`: it stays as it is. `null`: there is none. */
  private async hashOf(password: string | null | undefined): Promise<string | null | undefined> {
    return typeof password === 'string' ? this.passwords.hash(password) : password;
  }

  private refuse(...problems: FieldProblem[]): void {
    if (problems.length > 0) throw ProblemException.invalid(...problems);
  }

  private async orConflict<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      throw toConflict(error);
    }
  }

  private async networkOf(
    workspaceId: WorkspaceId,
    id: string | null | undefined,
  ): Promise<Network | 'unknown' | undefined> {
    if (id === undefined || id === null) return undefined;
    return (await this.networks.find(workspaceId, id)) ?? 'unknown';
  }
}

/** The index has texts only, and is taken for a question that asks for nothing else (docs/traps.md). */
function byExternalId(externalId: string): { externalId: { $eq: string; $type: 'string' } } {
  return { externalId: { $eq: externalId, $type: 'string' } };
}

function byReference(reference: string): { _id: string } | ReturnType<typeof byExternalId> {
  if (reference.startsWith('ext_')) return byExternalId(reference.slice('ext_'.length));
  return { _id: isId('lnk', reference) ? reference : '' };
}
