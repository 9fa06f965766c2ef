import { Injectable } from '@nestjs/common';
import { CompiledLink, routedLink } from '../../links/rules/compiled-link.js';
import { LinkDraftService } from '../../links/write/link-draft.service.js';
import { definedOnly } from '../../platform/collections/defined-only.js';
import type { Viewer } from '../../workspaces/caller.js';
import { destinationParts } from '../rules/destination-parts.js';
import type { SimulateRequest } from '../simulate/simulate.dto.js';
import { Simulator } from '../simulate/simulator.service.js';
import type { DraftPreviewRequest, DraftPreviewResponse } from './draft-preview.dto.js';

/** A person with a desktop computer, unless the visitor is described otherwise. */
const DEFAULT_VISITOR: SimulateRequest = { device: 'desktop' };

/**
 * Shows a link while a person writes it: its problems, and where a visitor would go. It asks neither DNS nor other servers, so
 * that it can be called while the person types.
 */
@Injectable()
export class DraftPreviewService {
  constructor(
    private readonly drafts: LinkDraftService,
    private readonly simulator: Simulator,
  ) {}

  /** @throws ProblemException 404 */
  async preview(
    viewer: Viewer,
    { link: fields, linkId, visitor = {} }: DraftPreviewRequest,
  ): Promise<DraftPreviewResponse> {
    const { link, ...draft } = await this.drafts.read(viewer, fields, linkId);
    if (link === undefined) return { ...draft, simulation: null, parts: [] };
    const compiled = new CompiledLink(routedLink(link));
    const hasUserAgent = visitor.userAgent !== undefined || Object.keys(visitor.headers ?? {}).some(isUserAgent);
    const description = hasUserAgent ? visitor : { ...DEFAULT_VISITOR, ...definedOnly(visitor) };
    const { answer, built } = await this.simulator.dryRun(compiled, description, { isDraft: true });
    return { ...draft, simulation: answer, parts: built === null ? [] : destinationParts(built) };
  }
}

function isUserAgent(name: string): boolean {
  return name.toLowerCase() === 'user-agent';
}
