import { ApiProperty, ApiPropertyOptional, getSchemaPath, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsString, MaxLength, ValidateNested } from 'class-validator';
import { DraftLinkFields, LinkWarningResponse } from '../../links/links.dto.js';
import { FieldProblemResponse } from '../../platform/http/problems/problem.dto.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { type DestinationPart, PART_KINDS, type PartKind } from '../rules/destination-parts.js';
import { SimulateRequest, SimulateResponse } from '../simulate/simulate.dto.js';

/** The visitor of a draft. A draft has no address of its own yet, so there is no `path`. */
export class DraftVisitor extends OmitType(SimulateRequest, ['path'] as const) {}

export class DraftPreviewRequest {
  /** The fields of the link so far, as for `POST /api/v1/links`; with `linkId` as for `PATCH /api/v1/links/{id}`. */
  @ApiProperty({ allOf: [{ $ref: getSchemaPath(DraftLinkFields) }] })
  @IsObject()
  link: Record<string, unknown>;

  /** An existing link, by its id or `ext_<externalId>`. `link` then has its changes. */
  @Omittable()
  @IsString()
  @MaxLength(200)
  linkId?: string;

  /** The visitor of the simulation. Default: a person with a desktop computer. */
  @ApiPropertyOptional({ type: DraftVisitor })
  @Omittable()
  @IsObject()
  @ValidateNested()
  @Type(() => DraftVisitor)
  visitor?: DraftVisitor;
}

export class DraftSlugResponse {
  /** The slug of the draft. Without one, an example of a random slug; the link gets another one. */
  value: string;
  /** Whether no other link on the domain has it. `null` without a valid domain. */
  @ApiProperty({ type: Boolean, nullable: true })
  free: boolean | null;
  /** A free slug to use instead of one that is taken. @example "summer-push-2" */
  @ApiProperty({ type: String, nullable: true })
  suggestion: string | null;
}

export class DestinationPartResponse implements DestinationPart {
  /**
   * `fixed`: as in the destination. `clickId`: it carries the click id. `sub`, `macro`: filled by macros. `forwarded`: from the
   * visitor's own query. `appended`: the click id, in a parameter that the destination does not have.
   */
  @ApiProperty({ enum: PART_KINDS })
  kind: PartKind;
  /** The text in the location, with its `?`, `&` or `#`. The texts of all parts together are the location. */
  text: string;
  /** The name of the parameter. `null` for the address before the query, and for the fragment. */
  @ApiProperty({ type: String, nullable: true })
  name: string | null;
  /** The value, decoded. */
  value: string;
  /** The names of its macros. @example ["sub1"] */
  macros: string[];
  /** Whether its macros give this visitor no value at all. */
  isEmpty: boolean;
  /** The origin of the value. @example "empty: this visitor brings no sub2" */
  note: string;
}

export class DraftPreviewResponse {
  /** `null` without a valid domain. */
  @ApiProperty({ type: String, nullable: true })
  shortUrl: string | null;
  slug: DraftSlugResponse;
  /** The parameter of the click id: that of the draft, else of its network, else `click_id`. `null`: it is not appended. */
  @ApiProperty({ type: String, nullable: true })
  clickIdParam: string | null;
  /** All problems for which the link would be refused. */
  @ApiProperty({ type: [FieldProblemResponse] })
  problems: FieldProblemResponse[];
  @ApiProperty({ type: [LinkWarningResponse] })
  warnings: LinkWarningResponse[];
  /** The visit, without the fields that have problems. `null` while the destination or the domain is not valid. */
  @ApiProperty({ type: SimulateResponse, nullable: true })
  simulation: SimulateResponse | null;
  /** The location of the simulation in parts. Empty without a location. */
  @ApiProperty({ type: [DestinationPartResponse] })
  parts: DestinationPartResponse[];
}
