import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { PageInfo } from '../../platform/http/pagination.js';
import { MAX_MATCH_VALUES, VISITOR_KINDS, type VisitorKind } from '../rules/visitor-rules/visitor-match.js';
import type { VisitorRule } from './visitor-rule.schema.js';
import { IsAddressOrRange, IsNetworkNumber, IsUserAgentText, NamesVisits } from './visitor-rule.validators.js';

const oneOrMore = (type: 'string' | 'integer', example: string | number) => ({
  oneOf: [
    { type, example },
    { type: 'array', items: { type }, minItems: 1, maxItems: MAX_MATCH_VALUES },
  ],
});

/** The condition of a rule. All fields that are given must match; of a list, one value must match. */
export class VisitorMatchDto {
  /** A text that the user agent contains, case-insensitively. */
  @ApiPropertyOptional(oneOrMore('string', 'AcmeScanner'))
  @Omittable()
  @IsUserAgentText()
  userAgent?: string | string[];

  /** Number of the autonomous system (network) of the visitor's address. `"AS13335"` is accepted too. */
  @ApiPropertyOptional(oneOrMore('integer', 13335))
  @Omittable()
  @IsNetworkNumber()
  asn?: number | number[];

  /** The visitor's address, or a CIDR range that contains it. */
  @ApiPropertyOptional(oneOrMore('string', '203.0.113.0/24'))
  @Omittable()
  @IsAddressOrRange()
  address?: string | string[];
}

export class CreateVisitorRuleRequest {
  @ApiProperty({ type: VisitorMatchDto })
  @IsObject()
  @NamesVisits()
  @ValidateNested()
  @Type(() => VisitorMatchDto)
  match: VisitorMatchDto;

  /** The kind of the matching visits. A rule with `person` has precedence over all rules with `bot`. */
  @ApiProperty({ enum: VISITOR_KINDS })
  @IsIn(VISITOR_KINDS)
  as: VisitorKind;

  /** A name for your own use. @example "Our mail scanner" */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string | null;
}

/** Only the given fields change. `match` is replaced as a whole. */
export class UpdateVisitorRuleRequest extends PartialType(CreateVisitorRuleRequest, { skipNullProperties: false }) {}

export class PreviewVisitorRuleRequest extends PickType(CreateVisitorRuleRequest, ['match', 'as'] as const) {}

export class VisitorRuleResponse {
  /** @example "vrl_0V4rQ2pK3mXa81Qd7ZsTb" */
  id: string;
  name: string | null;
  @ApiProperty({ type: VisitorMatchDto })
  match: VisitorMatchDto;
  @ApiProperty({ enum: VISITOR_KINDS })
  as: VisitorKind;
  createdAt: string;
  updatedAt: string;
}

export class VisitorRuleListResponse {
  @ApiProperty({ type: [VisitorRuleResponse] })
  data: VisitorRuleResponse[];
  page: PageInfo;
}

export class PreviewLinkResponse {
  linkId: string;
  /** Clicks of the link that the rule matches. */
  clicks: number;
  /** How many of these clicks would change from bot to person or from person to bot. */
  wouldChange: number;
}

export class PreviewClickResponse {
  clickId: string;
  linkId: string;
  at: string;
  userAgent: string;
  asn: number | null;
  ip: string | null;
  isBot: boolean;
  wouldBeBot: boolean;
}

export class PreviewNoticeResponse {
  /** @example "addresses_not_kept" */
  code: string;
  text: string;
}

/** The clicks that a rule would have changed. The preview changes nothing. */
export class VisitorRulePreviewResponse {
  /** Begin of the period that was checked: 30 days ago, or later when time ran out. */
  from: string;
  to: string;
  /** Whether all clicks of the 30 days were checked. The newest clicks are checked first. */
  complete: boolean;
  /** Number of clicks that were checked. */
  checked: number;
  /** Checked clicks that may or may not match, because the data that the rule needs was not kept. */
  notChecked: number;
  /** Clicks that the rule matches. */
  clicks: number;
  /** How many of these clicks would change from bot to person or from person to bot. */
  wouldChange: number;
  /** The ten links with the most clicks that would change. */
  @ApiProperty({ type: [PreviewLinkResponse] })
  links: PreviewLinkResponse[];
  /** Up to ten matching clicks; those that would change come first. */
  @ApiProperty({ type: [PreviewClickResponse] })
  samples: PreviewClickResponse[];
  /** The limits of this preview, as texts. */
  @ApiProperty({ type: [PreviewNoticeResponse] })
  notices: PreviewNoticeResponse[];
}

export function toVisitorRuleResponse(rule: VisitorRule): VisitorRuleResponse {
  const { _id, name, match, as, createdAt, updatedAt } = rule;
  return { id: _id, name, match, as, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
