import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { PageInfo } from '../../platform/http/pagination.js';
import { ALL_SCOPES, SCOPES } from '../scopes.js';

export const KEY_OWNERS = ['person', 'workspace'] as const;
export type KeyOwner = (typeof KEY_OWNERS)[number];

export class CreateApiKeyRequest {
  /** Name of the key, such as its purpose. */
  @IsString()
  @Length(1, 100)
  name: string;

  /**
   * The scopes of the key. `*` grants all of them.
   * @example ["links:read", "links:write"]
   */
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn([ALL_SCOPES, ...SCOPES], { each: true })
  scopes: string[];

  /** When the key expires. A date without a time is the end of that day in the workspace's time zone. `null`: never. */
  @ApiPropertyOptional({ type: String, nullable: true, example: '2027-01-31T00:00:00Z' })
  @IsOptional()
  @IsTime()
  expiresAt?: string | null;

  /**
   * The owner of the key. A person's key never grants more than the person's role, and ends with the membership. Default:
   * the person who creates it; `workspace` when a key creates it.
   */
  @ApiPropertyOptional({ enum: KEY_OWNERS })
  @Omittable()
  @IsIn(KEY_OWNERS)
  belongsTo?: KeyOwner;
}

/** Only the given fields change. */
export class UpdateApiKeyRequest {
  @Omittable()
  @IsString()
  @Length(1, 100)
  name?: string;

  /**
   * The new scopes of the key. They replace the old ones.
   * @example ["links:read", "links:write"]
   */
  @Omittable()
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn([ALL_SCOPES, ...SCOPES], { each: true })
  scopes?: string[];

  /** When the key expires. A date without a time is the end of that day in the workspace's time zone. `null`: never. */
  @ApiPropertyOptional({ type: String, nullable: true, example: '2027-01-31T00:00:00Z' })
  @IsOptional()
  @IsTime()
  expiresAt?: string | null;
}

export class RotateApiKeyRequest {
  /** Hours that the old secret stays valid. 0 ends it now. */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 720, default: 24 })
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(720)
  overlapHours?: number;
}

export class OldKeyResponse {
  last4: string;
  validUntil: string;
}

export class ApiKeyResponse {
  /** @example "key_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  name: string;
  /** The key's last four characters. */
  last4: string;
  scopes: string[];
  /** The person that owns the key. `null`: the workspace. */
  @ApiProperty({ type: String, nullable: true, example: 'usr_0V4rQ2pK3mXa81Qd7ZsT' })
  userId: string | null;
  createdAt: string;
  /** When the key expires. `null`: never. */
  @ApiProperty({ type: String, nullable: true })
  expiresAt: string | null;
  /** Last use, accurate to about a minute. */
  @ApiProperty({ type: String, nullable: true })
  lastUsedAt: string | null;
  /** The secret before the rotation, while it is still valid. */
  @ApiProperty({ type: OldKeyResponse, nullable: true })
  oldKey: OldKeyResponse | null;
}

export class ApiKeyCreatedResponse extends ApiKeyResponse {
  /** The key itself. It is shown only once. */
  key: string;
}

export class ApiKeyListResponse {
  data: ApiKeyResponse[];
  page: PageInfo;
}
