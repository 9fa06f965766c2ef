import { Injectable } from '@nestjs/common';
import { CheckResultsRepository } from '../links/check-results/check-results.repository.js';
import type { Viewer } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import type { LinkCheckEvidence } from './rules/setup-evidence.js';

/** Members with link limits see the latest of this many checks that is of one of their links. */
const MAX_CHECKS = 20;

/** Reads the last stored check of a link: whether parameters survive the redirects. */
@Injectable()
export class LinkCheckEvidenceReader {
  constructor(
    private readonly results: CheckResultsRepository,
    private readonly restrictions: LinkRestrictions,
  ) {}

  /** @returns the last check of any link that the viewer may see. */
  async findLast(viewer: Viewer): Promise<LinkCheckEvidence | undefined> {
    const limit = viewer.restrictions.linkLimits === null ? 1 : MAX_CHECKS;
    const checks = await this.results.findLatest(viewer.workspaceId, limit);
    const visible = await this.restrictions.visibleOf(
      viewer,
      checks.map(({ _id }) => _id),
    );
    const last = checks.find(({ _id }) => visible.has(_id));
    if (last === undefined) return undefined;
    const [problem] = last.problems;
    return {
      linkId: last._id,
      ok: last.ok,
      hops: last.hops.length,
      at: last.checkedAt,
      problem: problem === undefined ? null : { code: problem.code, param: problem.param ?? null },
    };
  }
}
