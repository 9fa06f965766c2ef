import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemException } from '../platform/http/problems/problem.js';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { toClickResponse } from './click-response.js';
import { ClickResponse } from './clicks.dto.js';
import { ClickErasures } from './erasure/click-erasures.service.js';
import { ClicksRepository } from './clicks.repository.js';
import { ClickListQuery, ClickListResponse } from './list/click-list.dto.js';
import { ClickListService } from './list/click-list.service.js';

@ApiTags('clicks')
@ApiBearerAuth()
@Controller('api/v1/clicks')
export class ClicksController {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly erasures: ClickErasures,
    private readonly restrictions: LinkRestrictions,
    private readonly found: ClickListService,
  ) {}

  @Get()
  @RequireScope('clicks:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'List clicks, newest first, with filters; test clicks are left out' })
  async list(@CurrentCaller() caller: Caller, @Query() query: ClickListQuery): Promise<ClickListResponse> {
    const { rows, nextCursor } = await this.found.page(caller, query);
    return { data: rows.map(toClickResponse), page: { nextCursor, hasMore: nextCursor !== null } };
  }

  @Get(':clickId')
  @RequireScope('clicks:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Read a click by its click id' })
  async read(@CurrentCaller() caller: Caller, @Param('clickId') clickId: string): Promise<ClickResponse> {
    const click = await this.clicks.findById(caller.workspaceId, clickId);
    if (!click) throw ProblemException.notFound('click');
    await this.restrictions.check(caller, click.linkId, 'click');
    return toClickResponse(click);
  }

  @Delete(':clickId')
  @HttpCode(204)
  @RequireScope('clicks:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Erase the personal data of a click everywhere; counters and conversions stay' })
  async erase(@CurrentCaller() caller: Caller, @Param('clickId') clickId: string): Promise<void> {
    await this.erasures.erase(caller, clickId);
  }
}
