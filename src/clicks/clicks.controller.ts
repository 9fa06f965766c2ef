import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProblemException } from '../platform/http/problems/problem.js';
import { formatMoney } from '../platform/money/money.js';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { LinkRestrictions } from '../workspaces/restrictions/link-restrictions.service.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import type { Click } from './click.schema.js';
import { ClickResponse } from './clicks.dto.js';
import { ClickErasures } from './erasure/click-erasures.service.js';
import { ClicksRepository } from './clicks.repository.js';

@ApiTags('clicks')
@ApiBearerAuth()
@Controller('api/v1/clicks')
export class ClicksController {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly erasures: ClickErasures,
    private readonly restrictions: LinkRestrictions,
  ) {}

  @Get(':clickId')
  @RequireScope('clicks:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Read a click by its click id' })
  async read(@CurrentCaller() caller: Caller, @Param('clickId') clickId: string): Promise<ClickResponse> {
    const click = await this.clicks.findById(caller.workspaceId, clickId);
    if (!click) throw ProblemException.notFound('click');
    await this.restrictions.check(caller, click.linkId, 'click');
    return toResponse(click);
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

function toResponse(click: Click): ClickResponse {
  return {
    id: click._id,
    linkId: click.linkId,
    at: click.at.toISOString(),
    userAgent: click.userAgent,
    language: click.language ?? null,
    referrer: click.referrer ?? null,
    referrerHost: click.referrerHost ?? null,
    query: click.query,
    subs: click.subs,
    country: click.country ?? null,
    region: click.region ?? null,
    city: click.city ?? null,
    asn: click.asn ?? null,
    device: click.device ?? null,
    os: click.os ?? null,
    browser: click.browser ?? null,
    inApp: click.inApp ?? null,
    rule: click.rule ?? null,
    variant: click.variant ?? null,
    isBot: click.botReason !== undefined,
    botReason: click.botReason ?? null,
    visitorRuleId: click.visitorRuleId ?? null,
    humanSince: click.humanSince?.toISOString() ?? null,
    cost: formatMoney(click.cost),
    costGiven: formatMoney(click.costGiven),
    isUnique: click.isUnique,
    isTest: click.isTest ?? false,
    ip: click.ip ?? null,
    isPrivate: click.isPrivate ?? false,
    erasedAt: click.erasedAt?.toISOString() ?? null,
  };
}
