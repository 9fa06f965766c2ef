import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../../platform/http/pagination.js';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import {
  ApiKeyCreatedResponse,
  ApiKeyListResponse,
  ApiKeyResponse,
  CreateApiKeyRequest,
  RotateApiKeyRequest,
  UpdateApiKeyRequest,
} from './api-keys.dto.js';
import type { ApiKey } from './api-key.schema.js';
import { ApiKeysService } from './api-keys.service.js';
import { type Caller, CurrentCaller, InWorkspace, RequireFreshSignIn, RequireScope } from '../caller.js';
import { ShowsMoney } from '../restrictions/restrictions.decorators.js';

const OVERLAP_HOURS = 24;

@ApiTags('api-keys')
@ApiBearerAuth()
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(private readonly apiKeys: ApiKeysService) {}

  @Post()
  @Idempotent()
  @RequireScope('api-keys:write')
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Create an API key; the key is shown only once' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateApiKeyRequest): Promise<ApiKeyCreatedResponse> {
    const { key, stored } = await this.apiKeys.create(caller, body);
    return { ...toResponse(stored), key };
  }

  @Get()
  @RequireScope('api-keys:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the API keys, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<ApiKeyListResponse> {
    return toListResponse(await this.apiKeys.page(workspaceId, query), toResponse);
  }

  @Get(':id')
  @RequireScope('api-keys:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read an API key, without its secret' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<ApiKeyResponse> {
    return toResponse(await this.apiKeys.read(workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('api-keys:write')
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Change name, scopes or expiry of an API key' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateApiKeyRequest,
  ): Promise<ApiKeyResponse> {
    return toResponse(await this.apiKeys.update(caller, id, body));
  }

  @Post(':id/rotate')
  @HttpCode(200)
  @Idempotent()
  @RequireScope('api-keys:write')
  @RequireFreshSignIn()
  @ApiOperation({
    summary: 'Give an API key a new secret, which is shown only once; the old one stays valid for a while',
  })
  async rotate(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { overlapHours = OVERLAP_HOURS }: RotateApiKeyRequest,
  ): Promise<ApiKeyCreatedResponse> {
    const { key, stored } = await this.apiKeys.rotate(caller, id, overlapHours);
    return { ...toResponse(stored), key };
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('api-keys:write')
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Revoke an API key at once' })
  async revoke(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.apiKeys.revoke(caller, id);
  }
}

function toResponse(key: ApiKey): ApiKeyResponse {
  const { oldLast4, oldValidUntil } = key;
  const hasOld = oldLast4 !== undefined && oldValidUntil !== undefined && oldValidUntil.getTime() > Date.now();
  return {
    id: key._id,
    name: key.name,
    last4: key.last4,
    scopes: key.scopes,
    userId: key.userId ?? null,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    oldKey: hasOld ? { last4: oldLast4, validUntil: oldValidUntil.toISOString() } : null,
  };
}
