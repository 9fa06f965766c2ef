import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, MaxLength } from 'class-validator';
import { PageInfo } from '../../platform/http/pagination.js';
import { LinkLimitsResponse, MemberRestrictionsInput } from '../members/members.dto.js';
import { type Role, ROLES } from '../rules/roles.js';
import { IsEmailAddress } from '../validators/is-email-address.decorator.js';

export class CreateInvitationRequest extends MemberRestrictionsInput {
  /** @example "person@brand.example" */
  @IsEmailAddress()
  @MaxLength(254)
  email: string;

  @ApiProperty({ enum: ROLES })
  @IsIn(ROLES)
  role: Role;
}

export class InvitationResponse {
  /** @example "inv_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  email: string;
  @ApiProperty({ enum: ROLES })
  role: Role;
  hideMoney: boolean;
  /** `null`: all links. */
  @ApiProperty({ type: LinkLimitsResponse, nullable: true })
  linkLimits: LinkLimitsResponse | null;
  /** Name of the person or API key that invited. */
  invitedBy: string;
  createdAt: string;
  /** When the mail was last sent. */
  sentAt: string;
  expiresAt: string;
  isExpired: boolean;
}

export class InvitationSentResponse extends InvitationResponse {
  /** The link to pass on. Only where this server sends no mail; it is not shown again. */
  @ApiPropertyOptional({ type: String })
  url?: string;
}

export class InvitationListResponse {
  data: InvitationResponse[];
  page: PageInfo;
}
