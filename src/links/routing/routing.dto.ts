import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsTimezone } from '../../platform/http/validation/is-timezone.decorator.js';
import { Omittable } from '../../platform/http/validation/omittable.decorator.js';
import { IsDestination } from '../validators/links.validators.js';
import { GOALS, type Goal, OPERATORS, type Operator } from '../rules/routing/rule.js';
import { HasValidConditions, HasDistinctNames, LeadsSomewhere } from './routing.validators.js';

const NAME = /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u;
const NAME_MESSAGE = 'name has 1 to 40 letters, digits, spaces or any of . _ -';

export class DailyCapDto {
  /** Conversions a day after which the others get its visitors. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  conversions: number;

  /** What counts as a conversion. */
  @ApiProperty({ enum: GOALS.filter((goal) => goal !== 'epc'), default: 'approved', required: false })
  @Omittable()
  @IsIn(GOALS.filter((goal) => goal !== 'epc'))
  goal?: Goal;

  /** Whose midnight ends the day. @example "Europe/Berlin" */
  @Omittable()
  @IsTimezone()
  timezone?: string;
}

export class VariantDto {
  /** Default: `A`, `B` and so on. */
  @Omittable()
  @IsString()
  @Matches(NAME, { message: NAME_MESSAGE })
  name?: string;

  /** Destination template, like the link's own. */
  @IsDestination()
  url: string;

  /** Its part of the visitors is weight / sum of the weights. */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 10_000, default: 1 })
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(10_000)
  weight?: number;

  /** Conversions a day after which the others get its visitors; the link's own `url` when all have theirs. */
  @ApiPropertyOptional({ type: DailyCapDto, nullable: true })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => DailyCapDto)
  dailyCap?: DailyCapDto | null;
}

export class ConditionDto {
  /**
   * `country, region, city, language, device, os, browser, inApp, query:NAME, sub1` … `sub10`, `referrer, ip, asn, weekday, hour,
   * date, visitor` or `bot`.
   * @example "country"
   */
  @IsString()
  @MaxLength(80)
  field: string;

  @ApiProperty({ enum: OPERATORS })
  @IsIn(OPERATORS)
  op: Operator;

  /** One of them is enough for `in`; none may be for `notIn`. @example ["DE", "AT", "CH"] */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(500)
  @IsString({ each: true })
  @Length(1, 200, { each: true })
  values: string[];

  /** For `weekday`, `hour` and `date`. Default: UTC. @example "Europe/Berlin" */
  @IsOptional()
  @IsTimezone()
  timezone?: string | null;
}

export class RuleDto {
  /** Default: `Rule 1` and so on. */
  @Omittable()
  @IsString()
  @Matches(NAME, { message: NAME_MESSAGE })
  name?: string;

  /** All of them must hold. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ConditionDto)
  @HasValidConditions()
  @LeadsSomewhere()
  when: ConditionDto[];

  /** Where its visitors go; or `variants`. */
  @IsOptional()
  @IsDestination()
  url?: string | null;

  @ApiPropertyOptional({ type: [VariantDto], nullable: true })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => VariantDto)
  @HasDistinctNames()
  variants?: VariantDto[] | null;
}

export class RotationDto {
  /** `weighted`: by the weights as they are set. `optimised`: by what the variants have earned. */
  @ApiProperty({ enum: ['weighted', 'optimised'] })
  @IsIn(['weighted', 'optimised'])
  mode: 'weighted' | 'optimised';

  /** What is aimed at: the share of clicks with such a conversion, or revenue per click (`epc`). Default: `approved`. */
  @ApiProperty({ enum: GOALS, default: 'approved', required: false })
  @Omittable()
  @IsIn(GOALS)
  goal?: Goal;

  /** The part of the visitors that is shared out evenly whatever the numbers say. Default: 0.1. */
  @Omittable()
  @IsNumber()
  @Min(0.01)
  @Max(1)
  exploration?: number;

  /** Only the last so many days count. Default: 14. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 90, default: 14 })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(90)
  windowDays?: number;
}
