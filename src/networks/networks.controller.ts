import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../platform/http/pagination.js';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { CreateNetworkRequest, NetworkListResponse, NetworkResponse, UpdateNetworkRequest } from './networks.dto.js';
import { NetworksService } from './networks.service.js';

@ApiTags('networks')
@ApiBearerAuth()
@Controller('api/v1/networks')
export class NetworksController {
  constructor(private readonly networks: NetworksService) {}

  @Post()
  @Idempotent()
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Create a network; the answer contains its postback URL' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateNetworkRequest): Promise<NetworkResponse> {
    return this.networks.present(await this.networks.create(caller, body));
  }

  @Get()
  @RequireScope('networks:read')
  @ShowsLinks('never')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'List the networks, newest first; their keys are masked without the scope networks:write' })
  async list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<NetworkListResponse> {
    const page = await this.networks.page(caller.workspaceId, query);
    return toListResponse(page, (network) => this.networks.presentTo(caller, network));
  }

  @Get(':id')
  @RequireScope('networks:read')
  @ShowsLinks('never')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Read a network; its keys are masked without the scope networks:write' })
  async read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<NetworkResponse> {
    return this.networks.presentTo(caller, await this.networks.read(caller.workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Change a network; later postbacks are read with the new mapping' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateNetworkRequest,
  ): Promise<NetworkResponse> {
    return this.networks.present(await this.networks.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('networks:write')
  @ApiOperation({
    summary: 'Delete a network; its key is refused at once, its conversions stay; it can be restored for 30 days',
  })
  async delete(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.networks.delete(caller, id);
  }

  @Post(':id/restore')
  @HttpCode(200)
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Restore a network that was deleted in the last 30 days, with the same keys and mapping' })
  async restore(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<NetworkResponse> {
    return this.networks.present(await this.networks.restore(caller, id));
  }

  @Post(':id/rotate-key')
  @HttpCode(200)
  @Idempotent()
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'Give a network a new key; the old key is accepted until it is ended' })
  async rotateKey(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<NetworkResponse> {
    return this.networks.present(await this.networks.rotateKey(caller, id));
  }

  @Delete(':id/old-key')
  @HttpCode(204)
  @RequireScope('networks:write')
  @ApiOperation({ summary: 'End the key that a network had before its last rotation' })
  async endOldKey(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.networks.endOldKey(caller, id);
  }
}
