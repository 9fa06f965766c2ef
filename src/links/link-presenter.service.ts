import { Injectable } from '@nestjs/common';
import { DomainsService } from '../domains/domains.service.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { CounterDelta } from '../counters/rules/counter-delta.js';
import { LinkCountersRepository } from '../counters/link-counters.repository.js';
import { toLinkStats } from '../counters/link-stats.dto.js';
import { ClickLimitsRepository } from './limits/click-limits.repository.js';
import { toRoutingFieldsResponse } from './link-response.js';
import type { Link } from './link.schema.js';
import type { LinkResponse } from './links.dto.js';
import { linkWarnings } from './rules/warnings/link-warnings.js';

/** Converts links to responses of the API, with their numbers. */
@Injectable()
export class LinkPresenter {
  constructor(
    private readonly domains: DomainsService,
    private readonly counters: LinkCountersRepository,
    private readonly limits: ClickLimitsRepository,
  ) {}

  async one(workspaceId: WorkspaceId, link: Link): Promise<LinkResponse> {
    const [shown] = await this.many(workspaceId, [link]);
    return shown ?? this.fresh(link);
  }

  async many(workspaceId: WorkspaceId, links: readonly Link[]): Promise<LinkResponse[]> {
    const ids = links.map(({ _id }) => _id);
    const limited = links.filter(({ clickLimit }) => typeof clickLimit === 'number');
    const [totals, used] = await Promise.all([
      this.counters.totals(workspaceId, ids),
      this.limits.usedBy(
        workspaceId,
        limited.map(({ _id }) => _id),
      ),
    ]);
    return links.map((link) => this.present(link, totals.get(link._id), used.get(link._id)));
  }

  /** The response for a new link, which has no clicks. */
  fresh(link: Link): LinkResponse {
    return this.present(link, undefined);
  }

  shortUrl(hostname: string, slug: string): string {
    return `${this.domains.originOf(hostname)}/${encodeURI(slug)}`;
  }

  private present(link: Link, totals: CounterDelta | undefined, used?: number): LinkResponse {
    return {
      id: link._id,
      shortUrl: this.shortUrl(link.hostname, link.slug),
      url: link.url,
      domain: link.hostname,
      slug: link.slug,
      formerSlugs: link.formerSlugs ?? [],
      externalId: link.externalId ?? null,
      title: link.title ?? null,
      tags: link.tags,
      notes: link.notes ?? null,
      campaign: link.campaign ?? null,
      clickIdParam: link.clickIdParam,
      forwardQuery: link.forwardQuery,
      redirectStatus: link.redirectStatus,
      networkId: link.networkId ?? null,
      clickLimit: link.clickLimit ?? null,
      paused: link.paused,
      warnings: linkWarnings(link, { now: new Date(), used }),
      createdAt: link.createdAt.toISOString(),
      updatedAt: link.updatedAt.toISOString(),
      ...toRoutingFieldsResponse(link),
      stats: toLinkStats(totals),
    };
  }
}
