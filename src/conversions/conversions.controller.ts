import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ClicksRepository } from '../clicks/clicks.repository.js';
import { definedOnly } from '../platform/collections/defined-only.js';
import { toListResponse } from '../platform/http/pagination.js';
import { ProblemException } from '../platform/http/problem.js';
import { formatAmount, type Money } from '../platform/money/money.js';
import { parseTime } from '../platform/time/parse-time.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import type { Conversion } from './conversion.schema.js';
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
    const subs = await this.subsOf(workspaceId, page.rows);
    return toListResponse(page, (conversion) => toResponse(conversion, subs.get(conversion.clickId)));
  }

  @Get(':id')
  @RequireScope('conversions:read')
  @ApiOperation({ summary: 'Read a conversion with its history' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<ConversionResponse> {
    const conversion = await this.conversions.findById(workspaceId, id);
    if (!conversion) throw ProblemException.notFound('conversion');
    const subs = await this.subsOf(workspaceId, [conversion]);
    return toResponse(conversion, subs.get(conversion.clickId));
  }

  /** Sub ids belong to the click, which may be stored after its conversion: so they are read from there. */
  private async subsOf(
    workspaceId: WorkspaceId,
    conversions: Conversion[],
  ): Promise<Map<string, Record<string, string>>> {
    const clicks = await this.clicks.findMany(workspaceId, { _id: { $in: conversions.map(({ clickId }) => clickId) } });
    return new Map(clicks.map(({ _id, subs }) => [_id, subs]));
  }
}

function toResponse(conversion: Conversion, subs: Record<string, string> = {}): ConversionResponse {
  return {
    id: conversion._id,
    eventType: conversion.eventType,
    isFtd: conversion.isFtd,
    status: conversion.status,
    networkStatus: conversion.networkStatus,
    clickId: conversion.clickId,
    linkId: conversion.linkId,
    networkId: conversion.networkId,
    txid: conversion.txid,
    payout: toMoney(conversion.payout),
    clickedAt: conversion.clickedAt.toISOString(),
    convertedAt: conversion.convertedAt.toISOString(),
    subs,
    history: conversion.history.map((entry) => ({
      at: entry.at.toISOString(),
      status: entry.status,
      networkStatus: entry.networkStatus,
      payout: toMoney(entry.payout),
      postbackId: entry.postbackId,
    })),
  };
}

function toMoney(money: Money | null): Money | null {
  return money && { amount: formatAmount(money.amount), currency: money.currency };
}
