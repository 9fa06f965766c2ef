import { Injectable } from '@nestjs/common';
import { DomainsService } from '../domains/domains.service.js';
import { NetworksService } from '../networks/networks.service.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import { ProblemException } from '../platform/http/problem.js';
import type { Page } from '../platform/http/pagination.js';
import { isId, newId } from '../platform/ids/ids.js';
import { duplicateFields, isDuplicateKey } from '../platform/mongo/mongo-errors.js';
import { SequenceRepository } from '../platform/mongo/sequence.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { LinkCache } from './link-cache.service.js';
import type { Link } from './link.schema.js';
import type { CreateLinkRequest, LinkListQuery, UpdateLinkRequest } from './links.dto.js';
import { LinksRepository } from './links.repository.js';
import { randomSlug, slugProblem } from './slug.js';
import { parseUrlTemplate } from './destination/url-template.js';

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
    const { domain: hostname, slug, clickIdParam, ...rest } = input;
    const url = this.judgeUrl(input.url);
    if (slug !== undefined) this.judgeSlug(slug);
    const domain = await this.domains.choose(workspaceId, hostname);
    if (!domain) throw noSuchDomain(hostname);
    const network = await this.networkOf(workspaceId, input.networkId);

    const now = new Date();
    const fields = {
      ...definedOnly(rest),
      url,
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
    if (input.slug !== undefined) this.judgeSlug(input.slug);
    await this.networkOf(workspaceId, input.networkId);
    const changes = {
      ...definedOnly(input),
      ...(input.url !== undefined && { url: this.judgeUrl(input.url) }),
      ...(input.slug !== undefined && { slug: input.slug.normalize('NFC') }),
      updatedAt: new Date(),
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

  private judgeUrl(url: string): string {
    const reading = parseUrlTemplate(url);
    if (!reading.ok) throw ProblemException.invalid({ path: 'url', code: reading.code, message: reading.message });
    return reading.url;
  }

  private judgeSlug(slug: string): void {
    const problem = slugProblem(slug.normalize('NFC'));
    if (problem !== undefined) throw ProblemException.invalid({ path: 'slug', code: 'slug', message: problem });
  }

  private async networkOf(workspaceId: WorkspaceId, id: string | null | undefined) {
    if (id === undefined || id === null) return undefined;
    const network = await this.networks.find(workspaceId, id);
    if (network) return network;
    throw ProblemException.invalid({
      path: 'networkId',
      code: 'not_found',
      message: 'there is no such network in this workspace',
    });
  }
}

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

function noSuchDomain(hostname: string | undefined): ProblemException {
  const message =
    hostname === undefined
      ? 'this workspace has no verified domain yet'
      : 'this is no verified domain of this workspace';
  return ProblemException.invalid({ path: 'domain', code: 'not_found', message });
}
