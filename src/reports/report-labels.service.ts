import { Injectable } from '@nestjs/common';
import { LinksRepository } from '../links/links.repository.js';
import { NetworksService } from '../networks/networks.service.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { DimensionValue } from './rules/report-question.js';

/** Names of links and networks by id. */
export interface ReportLabels {
  link?: Record<string, string>;
  network?: Record<string, string>;
}

/** Finds the names of today for the ids in a report, so that renaming something changes no stored number. */
@Injectable()
export class ReportLabelsService {
  constructor(
    private readonly links: LinksRepository,
    private readonly networks: NetworksService,
  ) {}

  async find(
    workspaceId: WorkspaceId,
    ids: { link?: readonly DimensionValue[]; network?: readonly DimensionValue[] },
  ): Promise<ReportLabels> {
    const [link, network] = await Promise.all([
      this.linkNames(workspaceId, textsOf(ids.link)),
      this.networkNames(workspaceId, textsOf(ids.network)),
    ]);
    return { ...(ids.link && { link }), ...(ids.network && { network }) };
  }

  private async linkNames(workspaceId: WorkspaceId, ids: string[]): Promise<Record<string, string>> {
    if (ids.length === 0) return {};
    const fields = ['_id', 'hostname', 'slug'] as const;
    const links = await this.links.findMany(workspaceId, { _id: { $in: ids } }, undefined, { fields });
    return Object.fromEntries(links.map(({ _id, hostname, slug }) => [_id, `${hostname}/${slug}`]));
  }

  private async networkNames(workspaceId: WorkspaceId, ids: string[]): Promise<Record<string, string>> {
    return ids.length === 0 ? {} : this.networks.findNames(workspaceId, ids);
  }
}

function textsOf(values: readonly DimensionValue[] = []): string[] {
  return [...new Set(values)].filter((value) => typeof value === 'string');
}
