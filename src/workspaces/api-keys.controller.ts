import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../platform/http/pagination.js';
import { ProblemException } from '../platform/http/problem.js';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { ApiKeyCreatedResponse, ApiKeyListResponse, ApiKeyResponse, CreateApiKeyRequest } from './api-keys.dto.js';
import type { ApiKey } from './api-key.schema.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from './caller.js';
import { allows, ALL_SCOPES, type Scope } from './scopes.js';
import { WorkspacesService } from './workspaces.service.js';

@ApiTags('api-keys')
@ApiBearerAuth()
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly workspaces: WorkspacesService,
    private readonly apiKeys: ApiKeysRepository,
  ) {}

  @Post()
  @Idempotent()
  @RequireScope('api-keys:write')
  @ApiOperation({ summary: 'Create an API key; the key is shown this once' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateApiKeyRequest): Promise<ApiKeyCreatedResponse> {
    const excess = body.scopes.filter((scope) => !mayGrant(caller, scope));
    if (excess.length > 0) {
      throw new ProblemException('forbidden', `A key can not grant what it may not do itself: ${excess.join(', ')}.`);
    }
    const { key, stored } = await this.workspaces.createKey(caller.workspaceId, body);
    return { ...toResponse(stored), key };
  }

  @Get()
  @RequireScope('api-keys:read')
  @ApiOperation({ summary: 'List the API keys, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<ApiKeyListResponse> {
    return toListResponse(await this.apiKeys.page(workspaceId, {}, query), toResponse);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('api-keys:write')
  @ApiOperation({ summary: 'Revoke an API key at once' })
  async revoke(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<void> {
    if (!(await this.apiKeys.deleteById(workspaceId, id))) throw ProblemException.notFound('API key');
  }
}

function mayGrant(caller: Caller, scope: string): boolean {
  return scope === ALL_SCOPES ? caller.scopes.includes(ALL_SCOPES) : allows(caller.scopes, scope as Scope);
}

function toResponse(key: ApiKey): ApiKeyResponse {
  return { id: key._id, name: key.name, last4: key.last4, scopes: key.scopes, createdAt: key.createdAt.toISOString() };
}
