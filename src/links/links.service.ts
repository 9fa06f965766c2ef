import { Injectable } from '@nestjs/common';
import { DomainsService } from '../domains/domains.service.js';
import type { Network } from '../networks/network.schema.js';
import { NetworksService } from '../networks/networks.service.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import { type FieldProblem, ProblemException } from '../platform/http/problem.js';
import type { Page } from '../platform/http/pagination.js';
import { isId, newId } from '../platform/ids/ids.js';
import { duplicateFields, isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { LinkCache } from './link-cache.service.js';
import type { Link } from './link.schema.js';
import type { CreateLinkRequest, LinkListQuery, UpdateLinkRequest } from './links.dto.js';
import { LinksRepository } from './links.repository.js';
import { randomSlug } from './slug.js';
import { toStoredFields } from './link-fields.js';
import { normalUrl } from './routing/to-routing.js';

const DEFAULT_CLICK_ID_PARAM = 'click_id';
const SLUG_ATTEMPTS = 5;

/** Rules for making and changing links. */
@Injectable()
export class LinksService {
  constructor(
    private readonly links: LinksRepository,
    private readonly cache: LinkCache,
    private readonly domains: DomainsService,
    private readonly networks: NetworksService,
    private readonly sequences: SequenceRepository,
  ) {}

  async create(workspaceId: WorkspaceId, input: CreateLinkRequest): Promise<Link> {
    const { domain: hostname, slug, clickIdParam } = input;
    const [domain, network] = await Promise.all([
      this.domains.choose(workspaceId, hostname),
      this.networkOf(workspaceId, input.networkId),
    ]);
    const problems = [...(domain ? [] : [noSuchDomain(hostname)]), ...(network === 'unknown' ? [NO_SUCH_NETWORK] : [])];
    if (!domain || network === 'unknown') throw ProblemException.invalid(...problems);

    const now = new Date();
    const fields = {
      ...plainFields(input),
      ...toStoredFields(input, now),
      url: normalUrl(input.url),
      number: await this.sequences.next('link'),
      hostname: domain.hostname,
      tags: input.tags ?? [],
      clickIdParam: clickIdParam === undefined ? (network?.clickIdParam ?? DEFAULT_CLICK_ID_PARAM) : clickIdParam,
      forwardQuery: input.forwardQuery ?? 'fill',
      redirectStatus: input.redirectStatus ?? 302,
      paused: input.paused ?? false,
      createdAt: now,
      updatedAt: now,
      live: true,
    } as const;
    const link = await this.insertWithSlug(workspaceId, fields, slug?.normalize('NFC'));
    await this.cache.invalidate(link.hostname, link.slug); // the address may be remembered as unknown
    return link;
  }

  /** @param reference a link's id or `ext_<externalId>`. */
  async read(workspaceId: WorkspaceId, reference: string): Promise<Link> {
    const link = await this.links.findOne(workspaceId, { ...byReference(reference), live: true });
    if (!link) throw ProblemException.notFound('link');
    return link;
  }

  page(workspaceId: WorkspaceId, query: LinkListQuery): Promise<Page<Link>> {
    return this.links.page(workspaceId, { live: true, ...(query.tag !== undefined && { tags: query.tag }) }, query);
  }

  async update(workspaceId: WorkspaceId, reference: string, input: UpdateLinkRequest): Promise<Link> {
    const network = await this.networkOf(workspaceId, input.networkId);
    if (network === 'unknown') throw ProblemException.invalid(NO_SUCH_NETWORK);
    const now = new Date();
    const changes = {
      ...plainFields(input),
      ...toStoredFields(input, now),
      ...(input.url !== undefined && { url: normalUrl(input.url) }),
      ...(input.slug !== undefined && { slug: input.slug.normalize('NFC') }),
      updatedAt: now,
    };
    for (;;) {
      const { _id, hostname, slug } = await this.read(workspaceId, reference);
      try {
        // Under its old slug only: had somebody else just changed that, we would not know which address to forget.
        const filter = { _id, slug, live: true };
        const after = await this.orConflict(() => this.links.updateOne(workspaceId, filter, { $set: changes }));
        if (after) return after;
      } finally {
        // Even if no answer came: it may have been stored.
        await this.cache.invalidate(hostname, slug);
        if (changes.slug !== undefined) await this.cache.invalidate(hostname, changes.slug);
      }
    }
  }

  async delete(workspaceId: WorkspaceId, reference: string): Promise<void> {
    const { _id, hostname, slug } = await this.read(workspaceId, reference);
    await this.links.updateById(workspaceId, _id, { $set: { live: false, updatedAt: new Date() } });
    await this.cache.invalidate(hostname, slug);
  }

  private async insertWithSlug(
    workspaceId: WorkspaceId,
    fields: Omit<Link, '_id' | 'workspaceId' | 'slug'>,
    wanted: string | undefined,
  ): Promise<Link> {
    if (wanted !== undefined) {
      return this.orConflict(() => this.links.insert(workspaceId, { ...fields, _id: newId('lnk'), slug: wanted }));
    }
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.links.insert(workspaceId, { ...fields, _id: newId('lnk'), slug: randomSlug() });
      } catch (error) {
        const isTaken = isDuplicateKey(error) && duplicateFields(error).includes('slug');
        if (!isTaken || attempt === SLUG_ATTEMPTS) throw toConflict(error);
      }
    }
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

/** Those fields of a request that are stored as they are. */
function plainFields(input: UpdateLinkRequest): Partial<Pick<Link, (typeof PLAIN_FIELDS)[number]>> {
  return definedOnly(Object.fromEntries(PLAIN_FIELDS.map((field) => [field, input[field]])));
}

const PLAIN_FIELDS = [
  'externalId',
  'title',
  'tags',
  'notes',
  'campaign',
  'clickIdParam',
  'forwardQuery',
  'redirectStatus',
  'networkId',
  'clickLimit',
  'paused',
] as const satisfies (keyof Link & keyof UpdateLinkRequest)[];

function byReference(reference: string): { _id: string } | { externalId: string } {
  if (reference.startsWith('ext_')) return { externalId: reference.slice('ext_'.length) };
  return { _id: isId('lnk', reference) ? reference : '' };
}

function toConflict(error: unknown): unknown {
  if (!isDuplicateKey(error)) return error;
  return duplicateFields(error).includes('externalId')
    ? new ProblemException('conflict', 'Another link of this workspace has this externalId.')
    : new ProblemException('conflict', 'Another link on this domain has this slug.');
}

const NO_SUCH_NETWORK: FieldProblem = {
  path: 'networkId',
  code: 'not_found',
  message: 'there is no such network in this workspace',
};

function noSuchDomain(hostname: string | undefined): FieldProblem {
  const message =
    hostname === undefined
      ? 'this workspace has no verified domain yet'
      : 'this is no verified domain of this workspace';
  return { path: 'domain', code: 'not_found', message };
}
