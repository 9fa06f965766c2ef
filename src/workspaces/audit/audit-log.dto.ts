import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { IsRangeEnd, IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';

export class AuditLogQuery extends PageQuery {
  /** @example "link.updated" */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  action?: string;

  /** Changes of this one thing. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  objectId?: string;

  /** Id of the key that did it. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  actor?: string;

  /** Done at or after. A date without a time is the beginning of that day in the workspace's time zone. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Done before. A date without a time includes that day, in the workspace's time zone. */
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;
}

export class ActorResponse {
  /** `key`: an API key. */
  kind: string;
  id: string;
  /** As it was called then. */
  name: string;
}

export class AuditEntryResponse {
  /** @example "aud_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  at: string;
  actor: ActorResponse;
  ip: string;
  requestId: string;
  /** @example "link.updated" */
  action: string;
  objectId: string;
  /** The fields that have changed, as they were; `null` for what is new. */
  @ApiProperty({ type: Object, additionalProperties: true, nullable: true })
  before: Record<string, unknown> | null;
  /** The same fields as they are since; `null` for what is gone. */
  @ApiProperty({ type: Object, additionalProperties: true, nullable: true })
  after: Record<string, unknown> | null;
}

export class AuditLogResponse {
  data: AuditEntryResponse[];
  page: PageInfo;
}
