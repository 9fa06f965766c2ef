import { Injectable } from '@nestjs/common';
import { AuditLog } from '../workspaces/audit/audit-log.service.js';
import type { Viewer } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import { ReportLabelsService } from './report-labels.service.js';
import type { AnnotationResponse } from './report-views.dto.js';
import { ANNOTATED_ACTIONS, type AuditedChange, toAnnotations } from './rules/annotations.js';
import type { ReportQuestion } from './rules/report-question.js';

const MAX_READ = 1_000;
const MAX_ANNOTATIONS = 100;

/** Finds the changes that time series show as annotations, in the audit log. */
@Injectable()
export class ReportAnnotationsService {
  constructor(
    private readonly audit: AuditLog,
    private readonly labels: ReportLabelsService,
    private readonly restrictions: LinkRestrictions,
  ) {}

  /** The changes in the period of a question; of links only those that it is about and the viewer may see. */
  async find(viewer: Viewer, question: ReportQuestion): Promise<AnnotationResponse[]> {
    const { workspaceId } = viewer;
    const { from, to } = question.period;
    const changes = await this.audit.findActions(workspaceId, {
      actions: ANNOTATED_ACTIONS,
      from: new Date(from),
      to: new Date(to),
      limit: MAX_READ,
    });
    const links = await this.linksFor(viewer, question, changes);
    const annotations = toAnnotations(changes, links).slice(-MAX_ANNOTATIONS);
    const idsOf = (prefix: string): string[] =>
      annotations.flatMap(({ objectId }) => (objectId.startsWith(prefix) ? [objectId] : []));
    const names = await this.labels.find(workspaceId, { link: idsOf('lnk_'), network: idsOf('net_') });
    return annotations.map((annotation) => ({
      ...annotation,
      label: names.link?.[annotation.objectId] ?? names.network?.[annotation.objectId] ?? '',
    }));
  }

  /** `undefined` for all. */
  private async linksFor(
    viewer: Viewer,
    question: ReportQuestion,
    changes: readonly AuditedChange[],
  ): Promise<ReadonlySet<string> | undefined> {
    const asked = linksOf(question);
    if (viewer.restrictions.linkLimits === null) return asked;
    const changed = [...new Set(changes.map(({ objectId }) => objectId))];
    const wanted = asked === undefined ? changed : changed.filter((id) => asked.has(id));
    return this.restrictions.visibleOf(viewer, wanted);
  }
}

/** The links that a filter or a node names; `undefined` for all. */
function linksOf({ filters, under }: ReportQuestion): Set<string> | undefined {
  const named = [
    ...filters.flatMap(({ dimension, isExcluding, values }) => (dimension === 'link' && !isExcluding ? [values] : [])),
    ...under.flatMap(({ dimension, value }) => (dimension === 'link' ? [[value]] : [])),
  ];
  return named.length === 0 ? undefined : new Set(named.flat().map(String));
}
