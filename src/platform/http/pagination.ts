import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';

/** The requested page of a list. */
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** Rows of a repository, newest first. */
export interface Page<T> {
  rows: T[];
  hasMore: boolean;
}

export class PageQuery implements PageRequest {
  @ApiPropertyOptional({ description: 'Rows per page.', minimum: 1, maximum: 100, default: 50, type: Number })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 50;

  @ApiPropertyOptional({ description: '`page.nextCursor` of the previous page.', type: String })
  @IsOptional()
  @Matches(/^[0-9A-Za-z_]{1,64}$/, { message: 'cursor must be the nextCursor of an earlier page' })
  cursor?: string;
}

export class PageInfo {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Pass it as `cursor` to get the next page; null on the last.',
  })
  nextCursor: string | null;

  @ApiProperty({ type: Boolean })
  hasMore: boolean;
}

/** `{ "data": [...], "page": { "nextCursor", "hasMore" } }` */
export interface ListResponse<R> {
  data: R[];
  page: PageInfo;
}

export function toListResponse<T extends { _id: string }, R>(
  { rows, hasMore }: Page<T>,
  map: (row: T) => R,
): ListResponse<R> {
  return { data: rows.map(map), page: { hasMore, nextCursor: hasMore ? (rows.at(-1)?._id ?? null) : null } };
}
