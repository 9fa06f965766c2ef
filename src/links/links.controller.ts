import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpStatus,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Res,
} from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PageQuery, toListResponse } from '../platform/http/pagination.js';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import type { AuditEntry } from '../workspaces/audit/audit-entry.schema.js';
import { AuditLog } from '../workspaces/audit/audit-log.service.js';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { type LinkHistoryEntryResponse, LinkHistoryResponse } from './link-history.dto.js';
import { LinkPresenter } from './link-presenter.service.js';
import {
  AliasListResponse,
  AliasQuery,
  CreateLinkRequest,
  LinkListResponse,
  LinkResponse,
  UpdateLinkRequest,
  UpsertLinkRequest,
} from './links.dto.js';
import { LinkLookup } from './link-lookup.service.js';
import { LinksService } from './links.service.js';
import {
  LinkCountQuery,
  LinkCountResponse,
  LinkListQuery,
  LinkStatesQuery,
  LinkStatesResponse,
  TagListResponse,
} from './list/link-list.dto.js';
import { LinkList } from './list/link-list.service.js';

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links')
export class LinksController {
  constructor(
    private readonly links: LinksService,
    private readonly lookup: LinkLookup,
    private readonly found: LinkList,
    private readonly presenter: LinkPresenter,
    private readonly audit: AuditLog,
  ) {}

  @Post()
  @Idempotent()
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Create a link' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateLinkRequest): Promise<LinkResponse> {
    return this.presenter.fresh(await this.links.create(caller, body));
  }

  @Get()
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'List links with their numbers, with search, filters and sorting; newest first by default' })
  async list(@CurrentCaller() caller: Caller, @Query() query: LinkListQuery): Promise<LinkListResponse> {
    const { rows, nextCursor } = await this.found.page(caller, query);
    const data = await this.presenter.many(caller.workspaceId, rows);
    return { data, page: { nextCursor, hasMore: nextCursor !== null } };
  }

  @Get('count')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Count links, optionally by tag, domain or campaign' })
  count(@CurrentCaller() caller: Caller, @Query() query: LinkCountQuery): Promise<LinkCountResponse> {
    return this.found.count(caller, query);
  }

  @Get('states')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Count links by state: live, paused, archived, expired, suspended' })
  states(@CurrentCaller() caller: Caller, @Query() query: LinkStatesQuery): Promise<LinkStatesResponse> {
    return this.found.countStates(caller, query);
  }

  @Get('tags')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the tags in use, with the number of links of each' })
  async tags(@CurrentCaller() caller: Caller): Promise<TagListResponse> {
    return { data: await this.found.tags(caller) };
  }

  @Put('upsert')
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({
    summary: 'Change the link with this externalId, else the one with this domain and slug; create it if there is none',
  })
  @ApiOkResponse({ type: LinkResponse, description: 'The link existed; only the given fields have changed.' })
  @ApiCreatedResponse({ type: LinkResponse })
  async upsert(
    @CurrentCaller() caller: Caller,
    @Body() body: UpsertLinkRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<LinkResponse> {
    const { link, isNew } = await this.links.upsert(caller, body);
    void reply.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
    return this.presenter.one(caller.workspaceId, link);
  }

  @Get(':id')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Read a link with its numbers; `ext_<externalId>` works as id' })
  async read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<LinkResponse> {
    return this.presenter.one(caller.workspaceId, await this.lookup.get(caller, id));
  }

  @Patch(':id')
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Change a link; it takes effect within a second' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateLinkRequest,
  ): Promise<LinkResponse> {
    return this.presenter.one(caller.workspaceId, await this.links.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Delete a link; conversions of its earlier clicks still count' })
  async delete(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.links.delete(caller, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Restore a link that was deleted in the last 30 days' })
  async restore(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<LinkResponse> {
    return this.presenter.one(caller.workspaceId, await this.links.restore(caller, id));
  }

  @Get(':id/history')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'List the changes of the link and their authors, newest first' })
  async history(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() page: PageQuery,
  ): Promise<LinkHistoryResponse> {
    const { _id: objectId } = await this.lookup.get(caller, id);
    return toListResponse(await this.audit.page(caller.workspaceId, { objectId }, page), toHistoryEntry);
  }

  @Get(':id/aliases')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the former slugs that still lead to the link' })
  async aliases(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<AliasListResponse> {
    const { hostname, formerSlugs } = await this.lookup.get(caller, id);
    const data = (formerSlugs ?? []).map((slug) => ({ slug, shortUrl: this.presenter.shortUrl(hostname, slug) }));
    return { data };
  }

  @Delete(':id/aliases')
  @HttpCode(204)
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Remove a former slug from the link; it can be used again' })
  async dropAlias(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { slug }: AliasQuery,
  ): Promise<void> {
    await this.links.deleteFormerSlug(caller, id, slug);
  }
}

function toHistoryEntry({ _id, at, actor, action, before, after }: AuditEntry): LinkHistoryEntryResponse {
  return { id: _id, at: at.toISOString(), actor, action, before, after };
}
