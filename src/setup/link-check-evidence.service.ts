import { Injectable } from '@nestjs/common';
import { CheckResultsRepository } from '../links/check-results/check-results.repository.js';
import type { Viewer } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import type { LinkCheckEvidence } from './rules/setup-evidence.js';

const MAX_TIME_MS = 1_000;
/** Checks among which one of a visible link is looked for. */
const LATEST_CHECKS = 20;

/** Reads the last stored check of a link. */
@Injectable()
export class LinkCheckEvidenceReader {
  constructor(
    private readonly checks: CheckResultsRepository,
    private readonly restrictions: LinkRestrictions,
  ) {}

  /** @returns the last check of any link that the viewer may see. */
  async findLast(viewer: Viewer): Promise<LinkCheckEvidence | undefined> {
    const isLimited = viewer.restrictions.linkLimits !== null;
    const options = { sort: { checkedAt: -1 }, limit: isLimited ? LATEST_CHECKS : 1, maxTimeMs: MAX_TIME_MS } as const;
    const latest = await this.checks.findMany(viewer.workspaceId, {}, undefined, options);
    const linkIds = latest.map(({ _id }) => _id);
    const visible = isLimited ? await this.restrictions.visibleOf(viewer, linkIds) : new Set(linkIds);
    const check = latest.find(({ _id }) => visible.has(_id));
    if (check === undefined) return undefined;
    const { _id: linkId, ok, hops, checkedAt: at, problems } = check;
    const [first] = problems;
    const problem = first === undefined ? null : { code: first.code, param: first.param ?? null };
    return { linkId, ok, hops: hops.length, at, problem };
  }
}
