import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { toListResponse } from '../../platform/http/pagination.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../../workspaces/caller.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { PostbackCounts } from './postback-counts.service.js';
import { PostbackLogReader } from './postback-log-reader.service.js';
import { PostbackReplayer } from '../reprocess/postback-replayer.service.js';
import { PostbackPresenter } from './postback-presenter.service.js';
import {
  AcceptPostbackRequest,
  PostbackCountsQuery,
  PostbackCountsResponse,
  PostbackDetailResponse,
  PostbackListQuery,
  PostbackListResponse,
  PostbackOutcomeResponse,
} from './postback-log.dto.js';

/** Lists, explains, replays and accepts entries of the postback log. */
@ApiTags('postbacks')
@ApiBearerAuth()
@Controller('api/v1/postbacks')
export class PostbackLogController {
  constructor(
    private readonly log: PostbackLogReader,
    private readonly counts: PostbackCounts,
    private readonly presenter: PostbackPresenter,
    private readonly replayer: PostbackReplayer,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  @Get()
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'List the requests of networks, newest first, each with its verdict' })
  async list(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: PostbackListQuery,
  ): Promise<PostbackListResponse> {
    const { limit, cursor, waiting, ...filter } = await this.settings.resolveRange(workspaceId, query);
    const page = await this.log.page(workspaceId, { ...filter, waiting: waiting === 'true' }, { limit, cursor });
    const shown = await this.presenter.present(workspaceId, page.rows);
    const { page: info } = toListResponse(page, ({ _id }) => _id);
    return { data: shown, page: info };
  }

  @Get('counts')
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'Count the requests of networks by verdict, with the filters of the list' })
  async count(
    @InWorkspace() workspaceId: WorkspaceId,
    @Query() query: PostbackCountsQuery,
  ): Promise<PostbackCountsResponse> {
    const { waiting, ...filter } = await this.settings.resolveRange(workspaceId, query);
    return this.counts.read(workspaceId, { ...filter, waiting: waiting === 'true' });
  }

  @Get(':id')
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'Get one request: how it was read, its problem, and how to solve it' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<PostbackDetailResponse> {
    const { postback, hint, suggestion } = await this.log.explain(workspaceId, id);
    return { ...(await this.presenter.presentOne(postback)), hint, suggestion };
  }

  @Post(':id/replay')
  @HttpCode(200)
  @RequireScope('postbacks:write')
  @ApiOperation({ summary: 'Run a request again by the current mapping; a conversion is never counted twice' })
  replay(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<PostbackOutcomeResponse> {
    return this.replayer.replay(workspaceId, id);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @RequireScope('postbacks:write')
  @ApiOperation({
    summary: 'Accept a request that was too late for its window, or whose amount or currency could not be read',
  })
  accept(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Body() body: AcceptPostbackRequest,
  ): Promise<PostbackOutcomeResponse> {
    return this.replayer.accept(workspaceId, id, body);
  }
}
