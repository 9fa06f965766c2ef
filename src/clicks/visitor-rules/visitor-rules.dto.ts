import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { PageInfo } from '../../platform/http/pagination.js';
import { MAX_MATCH_VALUES, RULINGS, type Ruling } from '../rules/visitor-rules/visitor-match.js';
import type { VisitorRule } from './visitor-rule.schema.js';
import { IsAddressOrRange, IsNetworkNumber, IsUserAgentText, NamesVisits } from './visitor-rule.validators.js';

const oneOrMore = (type: 'string' | 'integer', example: string | number) => ({
  oneOf: [
    { type, example },
    { type: 'array', items: { type }, minItems: 1, maxItems: MAX_MATCH_VALUES },
  ],
});

/** Which visits a rule matches. Where several fields are named, all of them must match; of a list, one value. */
export class VisitorMatchDto {
  /** The user agent contains this text, in any case of letters. */
  @ApiPropertyOptional(oneOrMore('string', 'AcmeScanner'))
  @Omittable()
  @IsUserAgentText()
  userAgent?: string | string[];

  /** The visitor's address belongs to the network (autonomous system) with this number; `"AS13335"` is understood as well. */
  @ApiPropertyOptional(oneOrMore('integer', 13335))
  @Omittable()
  @IsNetworkNumber()
  asn?: number | number[];

  /** The visitor's address is this one, or in this range. */
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

  /** What these visits are. A rule that says `person` goes before every rule that says `bot`. */
  @ApiProperty({ enum: RULINGS })
  @IsIn(RULINGS)
  as: Ruling;

  /** For people. @example "Our mail scanner" */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  name?: string | null;
}

/** Only what is given changes; `match` as a whole. */
export class UpdateVisitorRuleRequest extends PartialType(CreateVisitorRuleRequest, { skipNullProperties: false }) {}

export class PreviewVisitorRuleRequest extends PickType(CreateVisitorRuleRequest, ['match', 'as'] as const) {}

export class VisitorRuleResponse {
  /** @example "vrl_0V4rQ2pK3mXa81Qd7ZsTb" */
  id: string;
  name: string | null;
  @ApiProperty({ type: VisitorMatchDto })
  match: VisitorMatchDto;
  @ApiProperty({ enum: RULINGS })
  as: Ruling;
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
  /** Those of them that would change sides. */
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

/** What a rule would have changed. Nothing is changed by asking. */
export class VisitorRulePreviewResponse {
  /** The clicks from here on were looked at: 30 days, or as far as there was time for. */
  from: string;
  to: string;
  /** Whether all clicks of the 30 days were looked at. The newest come first. */
  complete: boolean;
  /** Clicks that were looked at. */
  checked: number;
  /** Those of them of which it is not known whether the rule matches: what it asks for was not kept. */
  notChecked: number;
  /** Clicks that the rule matches. */
  clicks: number;
  /** Those of them that would count as a bot's and not as a person's, or the other way round. */
  wouldChange: number;
  /** The ten links with the most such clicks. */
  @ApiProperty({ type: [PreviewLinkResponse] })
  links: PreviewLinkResponse[];
  /** Up to ten of the clicks, first those that would change. */
  @ApiProperty({ type: [PreviewClickResponse] })
  samples: PreviewClickResponse[];
  /** What limits the answer, in words. */
  @ApiProperty({ type: [PreviewNoticeResponse] })
  notices: PreviewNoticeResponse[];
}

export function toVisitorRuleResponse(rule: VisitorRule): VisitorRuleResponse {
  const { _id, name, match, as, createdAt, updatedAt } = rule;
  return { id: _id, name, match, as, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
}
