import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DomainsService } from '../domains/domains.service.js';
import { toListResponse } from '../platform/http/pagination.js';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { toLinkStats } from '../reports/link-stats.dto.js';
import { LinkCountersRepository } from '../reports/link-counters.repository.js';
import type { CounterDelta } from '../reports/counter-delta.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import { toRoutingFieldsResponse } from './link-response.js';
import type { Link } from './link.schema.js';
import { CreateLinkRequest, LinkListQuery, LinkListResponse, LinkResponse, UpdateLinkRequest } from './links.dto.js';
import { LinksService } from './links.service.js';

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links')
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly domains: DomainsService,
    private readonly counters: LinkCountersRepository,
  ) {}

  @Post()
  @Idempotent()
  @RequireScope('links:write')
  @ApiOperation({ summary: 'Create a link' })
  async create(@InWorkspace() workspaceId: WorkspaceId, @Body() body: CreateLinkRequest): Promise<LinkResponse> {
    return this.toResponse(await this.links.create(workspaceId, body), undefined);
  }

  @Get()
  @RequireScope('links:read')
  @ApiOperation({ summary: 'List the links, newest first, each with its numbers' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: LinkListQuery): Promise<LinkListResponse> {
    const page = await this.links.page(workspaceId, query);
    const totals = await this.counters.totals(
      workspaceId,
      page.rows.map(({ _id }) => _id),
    );
    return toListResponse(page, (link) => this.toResponse(link, totals.get(link._id)));
  }

  @Get(':id')
  @RequireScope('links:read')
  @ApiOperation({ summary: 'Read a link with its numbers; `ext_<externalId>` works as id' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<LinkResponse> {
    return this.withTotals(workspaceId, await this.links.read(workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('links:write')
  @ApiOperation({ summary: 'Change a link; it takes effect within a second' })
  async update(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Body() body: UpdateLinkRequest,
  ): Promise<LinkResponse> {
    return this.withTotals(workspaceId, await this.links.update(workspaceId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('links:write')
  @ApiOperation({ summary: 'Delete a link; conversions of its earlier clicks still count' })
  async delete(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<void> {
    await this.links.delete(workspaceId, id);
  }

  private async withTotals(workspaceId: WorkspaceId, link: Link): Promise<LinkResponse> {
    const totals = await this.counters.totals(workspaceId, [link._id]);
    return this.toResponse(link, totals.get(link._id));
  }

  private toResponse(link: Link, totals: CounterDelta | undefined): LinkResponse {
    return {
      id: link._id,
      shortUrl: `${this.domains.originOf(link.hostname)}/${encodeURI(link.slug)}`,
      url: link.url,
      domain: link.hostname,
      slug: link.slug,
      externalId: link.externalId ?? null,
      title: link.title ?? null,
      tags: link.tags,
      notes: link.notes ?? null,
      campaign: link.campaign ?? null,
      clickIdParam: link.clickIdParam,
      forwardQuery: link.forwardQuery,
      redirectStatus: link.redirectStatus,
      networkId: link.networkId ?? null,
      clickLimit: link.clickLimit ?? null,
      paused: link.paused,
      createdAt: link.createdAt.toISOString(),
      updatedAt: link.updatedAt.toISOString(),
      ...toRoutingFieldsResponse(link),
      stats: toLinkStats(totals),
    };
  }
}
