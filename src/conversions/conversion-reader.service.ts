import { Injectable } from '@nestjs/common';
import { ClicksRepository } from '../clicks/clicks.repository.js';
import { toListResponse } from '../platform/http/pagination.js';
import { ProblemException } from '../platform/http/problems/problem.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Viewer } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import { readFacts } from './click-facts/click-facts.js';
import { ConversionFilters } from './conversion-filters.service.js';
import { toConversionResponse } from './conversion-response.js';
import type { ClickFacts, Conversion } from './conversion.schema.js';
import type { ConversionListQuery, ConversionListResponse, ConversionResponse } from './conversions.dto.js';
import { ConversionsRepository } from './conversions.repository.js';

/** Conversions as the API shows them. */
@Injectable()
export class ConversionReader {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly clicks: ClicksRepository,
    private readonly settings: WorkspaceSettingsService,
    private readonly restrictions: LinkRestrictions,
    private readonly filters: ConversionFilters,
  ) {}

  async list(viewer: Viewer, query: ConversionListQuery): Promise<ConversionListResponse> {
    const { workspaceId } = viewer;
    const { limit, cursor, ...asked } = await this.settings.resolveRange(workspaceId, query);
    const filter = await this.filters.of(viewer, asked);
    const page = await this.conversions.page(workspaceId, filter, { limit, cursor });
    const facts = await this.missingFacts(workspaceId, page.rows);
    return toListResponse(page, (conversion) => toConversionResponse(conversion, facts.get(conversion.clickId ?? '')));
  }

  async read(viewer: Viewer, id: string): Promise<ConversionResponse> {
    const conversion = await this.get(viewer, id);
    const facts = await this.missingFacts(viewer.workspaceId, [conversion]);
    return toConversionResponse(conversion, facts.get(conversion.clickId ?? ''));
  }

  /** The stored conversion. @throws ProblemException 404. */
  async get(viewer: Viewer, id: string): Promise<Conversion> {
    const conversion = await this.conversions.findById(viewer.workspaceId, id);
    if (!conversion) throw ProblemException.notFound('conversion');
    await this.restrictions.check(viewer, conversion.linkId, 'conversion');
    return conversion;
  }

  /** A click may be stored after its conversion. Facts that the conversion lacks are read from the click. */
  private missingFacts(workspaceId: WorkspaceId, conversions: Conversion[]): Promise<Map<string, ClickFacts>> {
    const incomplete = conversions.filter(({ facts }) => !facts);
    return readFacts(this.clicks, workspaceId, incomplete);
  }
}
