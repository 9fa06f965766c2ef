import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { SEARCH_KINDS, type SearchKind } from './rules/candidate.js';

export class SearchQuery {
  /**
   * An id, a short URL, a slug, a transaction id, a click id, a name or a part of one. White space around it is ignored.
   * @example "go.brand.com/summer"
   */
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @IsString()
  @Length(1, 200)
  q: string;

  @ApiPropertyOptional({
    description: 'Maximum number of results.',
    minimum: 1,
    maximum: 50,
    default: 20,
    type: Number,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(50)
  limit: number = 20;
}

export class SearchResultResponse {
  @ApiProperty({ enum: SEARCH_KINDS })
  kind: SearchKind;
  /** @example "lnk_0V4rQ2pK3mXa81Qd7ZsT" */
  id: string;
  /**
   * A name for people to read.
   * @example "Summer sale"
   */
  title: string;
  /**
   * A further text that distinguishes it.
   * @example "go.brand.com/summer"
   */
  detail: string | null;
  /**
   * Its path in the API.
   * @example "/api/v1/links/lnk_0V4rQ2pK3mXa81Qd7ZsT"
   */
  url: string;
}

export class SearchResponse {
  /** Best first: ids, then exact values, then prefixes, then contained texts. Only kinds that the API key may read. */
  @ApiProperty({ type: [SearchResultResponse] })
  results: SearchResultResponse[];
  /** True: a query took too long, so results may be missing. */
  incomplete: boolean;
  /** The kinds of which results may be missing. */
  @ApiProperty({ enum: SEARCH_KINDS, isArray: true })
  incompleteKinds: SearchKind[];
}
