import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../platform/http/pagination.js';
import { ProblemException } from '../platform/http/problem.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../workspaces/caller.js';
import type { Domain } from './domain.schema.js';
import { DomainListResponse, DomainResponse } from './domains.dto.js';
import { DomainsRepository } from './domains.repository.js';

@ApiTags('domains')
@ApiBearerAuth()
@Controller('api/v1/domains')
export class DomainsController {
  constructor(private readonly domains: DomainsRepository) {}

  @Get()
  @RequireScope('domains:read')
  @ApiOperation({ summary: 'List the domains, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<DomainListResponse> {
    return toListResponse(await this.domains.page(workspaceId, {}, query), toResponse);
  }

  @Get(':id')
  @RequireScope('domains:read')
  @ApiOperation({ summary: 'Read a domain' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<DomainResponse> {
    const domain = await this.domains.findById(workspaceId, id);
    if (!domain) throw ProblemException.notFound('domain');
    return toResponse(domain);
  }
}

function toResponse(domain: Domain): DomainResponse {
  const { _id: id, hostname, status, createdAt } = domain;
  return { id, hostname, status, createdAt: createdAt.toISOString() };
}
