import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../platform/http/pagination.js';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import type { Network } from './network.schema.js';
import {
  CreateNetworkRequest,
  DefaultsRequest,
  NetworkListResponse,
  NetworkResponse,
  UpdateNetworkRequest,
} from './networks.dto.js';
import { NetworksService } from './networks.service.js';

@ApiTags('networks')
@ApiBearerAuth()
@Controller('api/v1/networks')
export class NetworksController {
  constructor(private readonly networks: NetworksService) {}

  @Post()
  @Idempotent()
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Create a network; the answer has its postback URL ready to paste' })
  async create(@InWorkspace() workspaceId: WorkspaceId, @Body() body: CreateNetworkRequest): Promise<NetworkResponse> {
    return this.toResponse(await this.networks.create(workspaceId, body));
  }

  @Get()
  @RequireScope('networks:read')
  @ApiOperation({ summary: 'List the networks, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<NetworkListResponse> {
    return toListResponse(await this.networks.page(workspaceId, query), (network) => this.toResponse(network));
  }

  @Get(':id')
  @RequireScope('networks:read')
  @ApiOperation({ summary: 'Read a network' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<NetworkResponse> {
    return this.toResponse(await this.networks.read(workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Change a network; postbacks are read by the new mapping from then on' })
  async update(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Body() body: UpdateNetworkRequest,
  ): Promise<NetworkResponse> {
    return this.toResponse(await this.networks.update(workspaceId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Delete a network; its key is refused at once, its conversions stay' })
  async delete(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<void> {
    await this.networks.delete(workspaceId, id);
  }

  private toResponse(network: Network): NetworkResponse {
    return {
      id: network._id,
      name: network.name,
      key: network.key,
      postbackUrl: this.networks.postbackUrl(network),
      clickIdParam: network.clickIdParam,
      mapping: network.mapping,
      defaults: network.defaults as DefaultsRequest,
      repeats: network.repeats,
      createdAt: network.createdAt.toISOString(),
      updatedAt: network.updatedAt.toISOString(),
    };
  }
}
