import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { PageInfo, PageQuery } from '../platform/http/pagination.js';
import { type Verdict, VERDICTS } from './postback.schema.js';

export class PostbackListQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  networkId?: string;

  @ApiPropertyOptional({ enum: VERDICTS })
  @IsOptional()
  @IsIn(VERDICTS)
  verdict?: Verdict;

  @IsOptional()
  @IsString()
  @MaxLength(64)
  reason?: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  clickId?: string;
}

export class PostbackResponse {
  /** @example "pbk_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  networkId: string;
  receivedAt: string;
  method: string;
  path: string;
  /** As it was sent, secrets masked. */
  query: string;
  /** As it was sent, secrets masked. */
  body: string;
  headers: Record<string, string>;
  ip: string;
  @ApiProperty({ enum: VERDICTS })
  verdict: Verdict;
  reason: string | null;
  /** What is wrong and what to do about it. */
  hint: string | null;
  clickId: string | null;
  linkId: string | null;
  conversionId: string | null;
}

export class PostbackListResponse {
  data: PostbackResponse[];
  page: PageInfo;
}
