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

  /** Id of the changed object. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  objectId?: string;

  /** Id of the API key that made the change. */
  @IsOptional()
  @IsString()
  @MaxLength(64)
  actor?: string;

  /** Changes at or after this time. A date without a time is the beginning of that day in the workspace's time zone. */
  @IsOptional()
  @IsTime()
  from?: string;

  /** Changes before this time. A date without a time includes that day, in the workspace's time zone. */
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;
}

export class ActorResponse {
  /** `key`: an API key. */
  kind: string;
  id: string;
  /** Its name at the time of the change. */
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
  /** The changed fields before the change. `null` for a new object. */
  @ApiProperty({ type: Object, additionalProperties: true, nullable: true })
  before: Record<string, unknown> | null;
  /** The same fields after the change. `null` for a deleted object. */
  @ApiProperty({ type: Object, additionalProperties: true, nullable: true })
  after: Record<string, unknown> | null;
}

export class AuditLogResponse {
  data: AuditEntryResponse[];
  page: PageInfo;
}
