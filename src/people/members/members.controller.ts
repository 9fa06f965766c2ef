import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../../platform/http/pagination.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireFreshSignIn, RequireScope } from '../../workspaces/caller.js';
import { MemberListResponse, MemberResponse, UpdateMemberRequest } from './members.dto.js';
import { type NamedMember, Members } from './members.service.js';

@ApiTags('members')
@ApiBearerAuth()
@Controller('api/v1/members')
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get()
  @RequireScope('members:read')
  @ApiOperation({ summary: 'List the members of the workspace, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<MemberListResponse> {
    return toListResponse(await this.members.page(workspaceId, query), toMemberResponse);
  }

  @Get(':id')
  @RequireScope('members:read')
  @ApiOperation({ summary: 'Read a member' })
  async read(@InWorkspace() workspaceId: WorkspaceId, @Param('id') id: string): Promise<MemberResponse> {
    return toMemberResponse(await this.members.read(workspaceId, id));
  }

  @Patch(':id')
  @RequireScope('members:write')
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Change the role or the restrictions of a member; only owners can change owners' })
  async update(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() { role, hideMoney, linkLimits }: UpdateMemberRequest,
  ): Promise<MemberResponse> {
    return toMemberResponse(await this.members.update(caller, id, { role, hidesMoney: hideMoney, linkLimits }));
  }

  @Post(':id/hand-over')
  @HttpCode(200)
  @RequireScope('members:write')
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Hand the ownership over to a member; the owner who does it becomes an admin' })
  async handOver(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<MemberResponse> {
    return toMemberResponse(await this.members.handOver(caller, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('members:write')
  @RequireFreshSignIn()
  @ApiOperation({ summary: 'Remove a member; their API keys in this workspace end' })
  async remove(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.members.remove(caller, id);
  }
}

export function toMemberResponse(member: NamedMember): MemberResponse {
  const { _id, userId, name, email, role, hidesMoney, linkLimits, createdAt } = member;
  return {
    id: _id,
    userId,
    name,
    email,
    role,
    hideMoney: hidesMoney,
    linkLimits: linkLimits && { tags: linkLimits.tags, campaigns: linkLimits.campaigns },
    createdAt: createdAt.toISOString(),
  };
}
