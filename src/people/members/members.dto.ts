import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import { PageInfo } from '../../platform/http/pagination.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { type Role, ROLES } from '../rules/roles.js';

export class LinkLimitsInput {
  /** Links with one of these tags. */
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  tags: string[];

  /** Links of one of these campaigns. */
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  campaigns: string[];
}

export class MemberRestrictionsInput {
  /** Hides all amounts of money. Only for analysts. */
  @Omittable()
  @IsBoolean()
  hideMoney?: boolean;

  /** Limits an editor or analyst to links with certain tags or of certain campaigns. `null`: all links. */
  @ApiPropertyOptional({ type: LinkLimitsInput, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => LinkLimitsInput)
  linkLimits?: LinkLimitsInput | null;
}

/** Only the given fields change. */
export class UpdateMemberRequest extends MemberRestrictionsInput {
  /** The new role. Restrictions that it cannot have end. */
  @ApiPropertyOptional({ enum: ROLES })
  @Omittable()
  @IsIn(ROLES)
  role?: Role;
}

export class LinkLimitsResponse {
  tags: string[];
  campaigns: string[];
}

export class MemberResponse {
  /** @example "mem_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  /** @example "usr_0V4rQ2pK3mXa81Qd7ZsT" */
  userId: string;
  name: string;
  email: string;
  @ApiProperty({ enum: ROLES })
  role: Role;
  hideMoney: boolean;
  /** `null`: all links. */
  @ApiProperty({ type: LinkLimitsResponse, nullable: true })
  linkLimits: LinkLimitsResponse | null;
  createdAt: string;
}

export class MemberListResponse {
  data: MemberResponse[];
  page: PageInfo;
}
