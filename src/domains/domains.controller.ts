import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../platform/http/pagination.js';
import { Idempotent } from '../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { parseTime } from '../platform/time/parse-time.js';
import { resolveRange } from '../platform/time/time-range.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import type { DnsRecord } from './verification/dns-proof.js';
import { DomainChecker } from './verification/domain-check.service.js';
import { presentDomain, presentListedDomain, presentUnmatchedVisits } from './domain-presenter.js';
import type { Domain } from './domain.schema.js';
import { DomainVerification } from './verification/domain-verification.service.js';
import {
  CreateDomainRequest,
  DomainListResponse,
  DomainResponse,
  OrphansQuery,
  OrphansResponse,
  UpdateDomainRequest,
} from './domains.dto.js';
import { DomainsService } from './domains.service.js';
import { UnmatchedVisits } from './unmatched/unmatched-visits.service.js';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;

@ApiTags('domains')
@ApiBearerAuth()
@Controller('api/v1/domains')
export class DomainsController {
  constructor(
    private readonly domains: DomainsService,
    private readonly verification: DomainVerification,
    private readonly checker: DomainChecker,
    private readonly unmatched: UnmatchedVisits,
  ) {}

  @Post()
  @Idempotent()
  @RequireScope('domains:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Add a domain; the response lists the DNS records to set' })
  async create(@CurrentCaller() caller: Caller, @Body() body: CreateDomainRequest): Promise<DomainResponse> {
    return this.present(await this.domains.create(caller, body));
  }

  @Get()
  @RequireScope('domains:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'List the domains, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<DomainListResponse> {
    const page = await this.domains.page(workspaceId, query);
    return toListResponse(page, (domain) => presentListedDomain(domain, this.recordsFor(domain)));
  }

  @Get(':id')
  @RequireScope('domains:read')
  @ShowsLinks('never')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read a domain' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<DomainResponse> {
    return this.present(await this.domains.read(workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('domains:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Change the settings of a domain' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: UpdateDomainRequest,
  ): Promise<DomainResponse> {
    return this.present(await this.domains.update(caller, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('domains:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Delete a domain; its links are kept, but no longer served' })
  async delete(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.domains.delete(caller, id);
  }

  @Post(':id/verify')
  @HttpCode(200)
  @RequireScope('domains:write')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Check the DNS records now; the response lists what is wrong with them' })
  async verify(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<DomainResponse> {
    return this.present(await this.verification.verify(workspaceId, id));
  }

  @Get(':id/orphans')
  @RequireScope('domains:read')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Visits that no link answered: numbers by day, and the slugs requested most' })
  async orphansOf(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Query() query: OrphansQuery,
  ): Promise<OrphansResponse> {
    const { _id } = await this.domains.read(workspaceId, id);
    const range = resolveRange(query, 'UTC'); // visits are counted by UTC day
    const to = parseTime(range.to ?? '') ?? new Date();
    const from = parseTime(range.from ?? '') ?? new Date(to.getTime() - DEFAULT_DAYS * DAY_MS);
    return presentUnmatchedVisits(await this.unmatched.read(workspaceId, _id, { from: dayOf(from), to }));
  }

  private present(domain: Domain): DomainResponse {
    return presentDomain(domain, this.recordsFor(domain));
  }

  private recordsFor({ hostname, token }: Domain): DnsRecord[] {
    return token === undefined ? [] : this.checker.recordsFor(hostname, token);
  }
}

/** The midnight (UTC) at or before the time. */
function dayOf(time: Date): Date {
  return new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);
}
