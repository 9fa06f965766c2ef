import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, IsString, MaxLength } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { FieldProblemResponse } from '../../platform/http/problems/problem.dto.js';
import { HoldsItems } from '../../platform/http/validation/validation.js';
import { PROBLEM_TITLES, type ProblemCode } from '../../platform/http/problems/problem.js';
import { CreateLinkRequest, LinkResponse, UpdateLinkRequest } from '../links.dto.js';

const MAX_ITEMS = 100;

@HoldsItems()
export class BulkCreateRequest {
  /** Up to 100 links, each as for `POST /api/v1/links`. */
  @ApiProperty({ type: 'array', items: { $ref: getSchemaPath(CreateLinkRequest) }, minItems: 1, maxItems: MAX_ITEMS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  links: unknown[];
}

/** Selects links by exactly one of the two fields. */
class BulkSelection {
  /** Ids, or `ext_<externalId>`. */
  @ApiPropertyOptional({ type: [String], maxItems: MAX_ITEMS })
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  @IsString({ each: true })
  @MaxLength(200, { each: true })
  ids?: string[];

  @ApiPropertyOptional({ type: [String], maxItems: MAX_ITEMS })
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  @IsString({ each: true })
  @MaxLength(128, { each: true })
  externalIds?: string[];
}

@HoldsItems()
export class BulkUpdateRequest extends BulkSelection {
  /** The changes for all of `ids` or `externalIds`, as for `PATCH /api/v1/links/{id}`. */
  @ApiPropertyOptional({ allOf: [{ $ref: getSchemaPath(UpdateLinkRequest) }] })
  @Omittable()
  @IsObject()
  changes?: Record<string, unknown>;

  /** Links with individual changes, `{ "id", … }`; instead of the other fields. */
  @ApiPropertyOptional({
    type: 'array',
    maxItems: MAX_ITEMS,
    items: {
      allOf: [{ type: 'object', properties: { id: { type: 'string' } } }, { $ref: getSchemaPath(UpdateLinkRequest) }],
    },
  })
  @Omittable()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ITEMS)
  items?: unknown[];
}

export class BulkDeleteRequest extends BulkSelection {}

export class BulkRestoreRequest extends BulkSelection {}

export class BulkErrorResponse {
  @ApiProperty({ enum: Object.keys(PROBLEM_TITLES) })
  code: ProblemCode;
  title: string;
  detail: string;
  @ApiPropertyOptional({ type: [FieldProblemResponse] })
  errors?: FieldProblemResponse[];
}

/** The result for one link, with the status that a single request would have had. */
export class BulkResultResponse {
  /** 201: created, 200: changed or restored, 204: deleted, else the error's status. */
  status: number;
  /** The link after the change. */
  @ApiPropertyOptional({ type: LinkResponse })
  link?: LinkResponse;
  @ApiPropertyOptional({ type: BulkErrorResponse })
  error?: BulkErrorResponse;
}

export class BulkResponse {
  /** In the order of the request. */
  @ApiProperty({ type: [BulkResultResponse] })
  results: BulkResultResponse[];
}
