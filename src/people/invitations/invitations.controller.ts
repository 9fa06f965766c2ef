import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PageQuery, toListResponse } from '../../platform/http/pagination.js';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { type Caller, CurrentCaller, InWorkspace, RequireScope } from '../../workspaces/caller.js';
import type { Invitation } from './invitation.schema.js';
import {
  CreateInvitationRequest,
  InvitationListResponse,
  InvitationResponse,
  InvitationSentResponse,
} from './invitations.dto.js';
import { Invitations } from './invitations.service.js';

@ApiTags('members')
@ApiBearerAuth()
@Controller('api/v1/invitations')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Post()
  @Idempotent()
  @RequireScope('members:write')
  @ApiOperation({ summary: 'Invite a person by e-mail; the invitation is valid for 7 days' })
  async create(
    @CurrentCaller() caller: Caller,
    @Body() { email, role, hideMoney = false, linkLimits = null }: CreateInvitationRequest,
  ): Promise<InvitationSentResponse> {
    const rights = { role, hidesMoney: hideMoney, linkLimits };
    return toSentResponse(await this.invitations.create(caller, { email, ...rights }));
  }

  @Get()
  @RequireScope('members:read')
  @ApiOperation({ summary: 'List the invitations that were not accepted, newest first' })
  async list(@InWorkspace() workspaceId: WorkspaceId, @Query() query: PageQuery): Promise<InvitationListResponse> {
    return toListResponse(await this.invitations.page(workspaceId, query), toResponse);
  }

  @Post(':id/resend')
  @HttpCode(200)
  @RequireScope('members:write')
  @ApiOperation({ summary: 'Send an invitation again, with a new link for 7 days; the old link ends' })
  async resend(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<InvitationSentResponse> {
    return toSentResponse(await this.invitations.resend(caller, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireScope('members:write')
  @ApiOperation({ summary: 'Revoke an invitation; its link ends at once' })
  async revoke(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<void> {
    await this.invitations.revoke(caller, id);
  }
}

function toSentResponse({
  invitation,
  url,
}: {
  invitation: Invitation;
  url: string | undefined;
}): InvitationSentResponse {
  return { ...toResponse(invitation), ...(url !== undefined && { url }) };
}

function toResponse(invitation: Invitation): InvitationResponse {
  const { _id, email, role, hidesMoney, linkLimits, invitedBy, createdAt, sentAt, expiresAt } = invitation;
  return {
    id: _id,
    email,
    role,
    hideMoney: hidesMoney,
    linkLimits: linkLimits && { tags: linkLimits.tags, campaigns: linkLimits.campaigns },
    invitedBy: invitedBy.name,
    createdAt: createdAt.toISOString(),
    sentAt: sentAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    isExpired: expiresAt.getTime() <= Date.now(),
  };
}
