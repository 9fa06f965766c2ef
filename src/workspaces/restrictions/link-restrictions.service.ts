import { Injectable } from '@nestjs/common';
import { ProblemException } from '../../platform/http/problems/problem.js';
import { Ports } from '../../platform/ports/ports.service.js';
import type { Viewer } from '../caller.js';
import { LINKS_WITHIN_LIMITS } from '../workspaces.ports.js';

/** Links whose ids fit into a condition. A query with more would be slow, and its index would not help. */
const MAX_LINKS = 5_000;

/** A condition on documents that name their link. Empty for viewers without limits. */
export interface OfVisibleLinks {
  linkId?: { $in: string[] };
}

/**
 * Limits clicks and conversions to the links that a viewer may see. They do not have the tags and campaigns of their link,
 * which may change. So the ids of the links are read first.
 */
@Injectable()
export class LinkRestrictions {
  constructor(private readonly ports: Ports) {}

  /**
   * The condition for a list.
   * @param linkId the link that the list is filtered by.
   * @throws ProblemException 422 when too many links are within the limits and the list names none.
   */
  async conditionFor({ workspaceId, restrictions }: Viewer, linkId?: string): Promise<OfVisibleLinks> {
    const { linkLimits } = restrictions;
    if (linkLimits === null) return {};
    const options = { limit: MAX_LINKS + 1, ...(linkId !== undefined && { among: [linkId] }) };
    const ids = await this.ports.get(LINKS_WITHIN_LIMITS).listIds(workspaceId, linkLimits, options);
    if (ids.length > MAX_LINKS) throw ProblemException.invalid(TOO_MANY_LINKS);
    return { linkId: { $in: ids } };
  }

  /** @param what the document that belongs to the link. @throws ProblemException 404 when the link lies outside. */
  async check(viewer: Viewer, linkId: string, what: string): Promise<void> {
    const { linkId: visible } = await this.conditionFor(viewer, linkId);
    if (visible !== undefined && !visible.$in.includes(linkId)) throw ProblemException.notFound(what);
  }

  /** Those of the links that the viewer may see. */
  async visibleOf({ workspaceId, restrictions }: Viewer, linkIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { linkLimits } = restrictions;
    if (linkLimits === null) return new Set(linkIds);
    const options = { limit: linkIds.length, among: linkIds };
    return new Set(await this.ports.get(LINKS_WITHIN_LIMITS).listIds(workspaceId, linkLimits, options));
  }
}

const TOO_MANY_LINKS = {
  path: 'linkId',
  code: 'required',
  message: `you may work with more than ${MAX_LINKS.toLocaleString('en')} links: name one of them`,
};
