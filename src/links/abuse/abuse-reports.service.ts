import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { RoutedLink } from '../rules/compiled-link.js';
import type { AbuseReport, ReportReason } from './abuse-report.schema.js';
import { AbuseReportsRepository } from './abuse-reports.repository.js';

/** More open reports of one link tell nothing new. */
const MAX_OPEN = 100;

export interface ReportFilter {
  linkId?: string | undefined;
  status?: 'open' | 'resolved' | undefined;
}

/** What visitors say is wrong with links. A report stops no link: anybody can send one. */
@Injectable()
export class AbuseReports {
  constructor(private readonly reports: AbuseReportsRepository) {}

  /** @returns false when there are so many open ones of this link that it was not stored. */
  async add(
    link: Pick<RoutedLink, '_id' | 'workspaceId' | 'hostname' | 'slug' | 'url'>,
    report: { reason: ReportReason; details: string | null; email: string | null },
  ): Promise<boolean> {
    const { _id: linkId, workspaceId, hostname, slug, url } = link;
    const open = await this.reports.count(workspaceId, { linkId, resolvedAt: null }, { limit: MAX_OPEN });
    if (open >= MAX_OPEN) return false;
    await this.reports.insert(workspaceId, {
      ...report,
      _id: newId('abr'),
      linkId,
      address: `${hostname}/${slug}`,
      url,
      createdAt: new Date(),
      resolvedAt: null,
      note: null,
    });
    return true;
  }

  page(workspaceId: WorkspaceId, { linkId, status }: ReportFilter, request: PageRequest): Promise<Page<AbuseReport>> {
    const resolvedAt = status === 'open' ? null : { $ne: null };
    const filter = { ...(linkId !== undefined && { linkId }), ...(status !== undefined && { resolvedAt }) };
    return this.reports.page(workspaceId, filter, request);
  }

  /** Once it is resolved, it stays so; a later note replaces the earlier one. */
  async resolve(workspaceId: WorkspaceId, id: string, note: string | null): Promise<AbuseReport> {
    const report = await this.reports.findById(workspaceId, id);
    if (!report) throw ProblemException.notFound('abuse report');
    const changes = { resolvedAt: report.resolvedAt ?? new Date(), note: note ?? report.note };
    const resolved = await this.reports.updateById(workspaceId, id, { $set: changes });
    if (!resolved) throw ProblemException.notFound('abuse report');
    return resolved;
  }
}
