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

export class CreateApiKeyRequest {
  /** What the key is for. */
  @IsString()
  @Length(1, 100)
  name: string;

  /**
   * What the key may do; `*` for everything.
   * @example ["links:read", "links:write"]
   */
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn([ALL_SCOPES, ...SCOPES], { each: true })
  scopes: string[];

  /** When it ends by itself; a date without a time is the end of that day in the workspace's time zone. `null`: never. */
  @ApiPropertyOptional({ type: String, nullable: true, example: '2027-01-31T00:00:00Z' })
  @IsOptional()
  @IsTime()
  expiresAt?: string | null;
}

/** Only what is given changes. */
export class UpdateApiKeyRequest {
  @Omittable()
  @IsString()
  @Length(1, 100)
  name?: string;

  /**
   * All that the key may do from now on.
   * @example ["links:read", "links:write"]
   */
  @Omittable()
  @ArrayNotEmpty()
  @ArrayMaxSize(50)
  @ArrayUnique()
  @IsIn([ALL_SCOPES, ...SCOPES], { each: true })
  scopes?: string[];

  /** When it ends by itself; a date without a time is the end of that day in the workspace's time zone. `null`: never. */
  @ApiPropertyOptional({ type: String, nullable: true, example: '2027-01-31T00:00:00Z' })
  @IsOptional()
  @IsTime()
  expiresAt?: string | null;
}

export class RotateApiKeyRequest {
  /** For how many hours the secret that it had stays valid; 0 ends it now. */
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
  createdAt: string;
  /** When it ends by itself. */
  @ApiProperty({ type: String, nullable: true })
  expiresAt: string | null;
  /** To the minute or so. */
  @ApiProperty({ type: String, nullable: true })
  lastUsedAt: string | null;
  /** The secret that it had before it was rotated, while that is still valid. */
  @ApiProperty({ type: OldKeyResponse, nullable: true })
  oldKey: OldKeyResponse | null;
}

export class ApiKeyCreatedResponse extends ApiKeyResponse {
  /** The key itself. Shown this once. */
  key: string;
}

export class ApiKeyListResponse {
  data: ApiKeyResponse[];
  page: PageInfo;
}
