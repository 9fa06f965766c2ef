import { Injectable } from '@nestjs/common';
import type { Page, PageRequest } from '../../platform/http/pagination.js';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { newId } from '../../platform/ids/ids.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { RoutedLink } from '../rules/compiled-link.js';
import type { AbuseReport, ReportReason } from './abuse-report.schema.js';
import { AbuseReportsRepository } from './abuse-reports.repository.js';

/** Maximum number of open reports of a link. More of them add no information. */
const MAX_OPEN = 100;

export interface ReportFilter {
  linkId?: string | undefined;
  status?: 'open' | 'resolved' | undefined;
}

/** Abuse reports about links. A report does not stop a link, because anyone can send one. */
@Injectable()
export class AbuseReports {
  constructor(private readonly reports: AbuseReportsRepository) {}

  /** @returns false when the report was not stored because the link has `MAX_OPEN` open ones. */
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

  /** Resolves a report. Resolving it again only replaces the note. */
  async resolve(workspaceId: WorkspaceId, id: string, note: string | null): Promise<AbuseReport> {
    const report = await this.reports.findById(workspaceId, id);
    if (!report) throw ProblemException.notFound('abuse report');
    const changes = { resolvedAt: report.resolvedAt ?? new Date(), note: note ?? report.note };
    const resolved = await this.reports.updateById(workspaceId, id, { $set: changes });
    if (!resolved) throw ProblemException.notFound('abuse report');
    return resolved;
  }
}
