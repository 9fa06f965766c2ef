import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClicksRepository } from '../clicks/clicks.repository.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import { toListResponse } from '../platform/http/pagination.js';
import { ProblemException } from '../platform/http/problem.js';
import { parseTime } from '../platform/time/parse-time.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import { factsOf } from './click-facts.js';
import { toConversionResponse } from './conversion-response.js';
import type { ClickFacts, Conversion } from './conversion.schema.js';
import { ConversionListQuery, ConversionListResponse, ConversionResponse } from './conversions.dto.js';
import { ConversionsRepository } from './conversions.repository.js';

@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions')
export class ConversionsController {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly clicks: ClicksRepository,
  ) {}

  @Get()
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'List the conversions, newest first' })
  async list(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: ConversionListQuery,
  ): Promise<ConversionListResponse> {
    const { limit, cursor, from, to, ...equal } = query;
    const range = definedOnly({ $gte: parseTime(from ?? ''), $lt: parseTime(to ?? '') });
    const filter = { ...definedOnly(equal), ...(Object.keys(range).length > 0 && { convertedAt: range }) };
    const page = await this.conversions.page(workspaceId, filter, { limit, cursor });
    const facts = await this.missingFacts(workspaceId, page.rows);
    return toListResponse(page, (conversion) => toConversionResponse(conversion, facts.get(conversion.clickId ?? '')));
  }

  @Get(':id')
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'Read a conversion with its history' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<ConversionResponse> {
    const conversion = await this.conversions.findById(workspaceId, id);
    if (!conversion) throw ProblemException.notFound('conversion');
    const facts = await this.missingFacts(workspaceId, [conversion]);
    return toConversionResponse(conversion, facts.get(conversion.clickId ?? ''));
  }

  /** A click may be stored after its conversion: what the conversion has not kept yet is read from there. */
  private async missingFacts(workspaceId: WorkspaceId, conversions: Conversion[]): Promise<Map<string, ClickFacts>> {
    const clickIds = conversions.flatMap(({ facts, clickId }) => (facts || clickId === null ? [] : [clickId]));
    if (clickIds.length === 0) return new Map();
    const clicks = await this.clicks.findMany(workspaceId, { _id: { $in: clickIds } });
    return new Map(clicks.map((click) => [click._id, factsOf(click)]));
  }
}
