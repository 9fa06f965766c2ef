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
  /** Conversions per day. After that, other variants get its visitors. */
  @IsInt()
  @Min(1)
  @Max(1_000_000)
  conversions: number;

  /** The kind of conversion that counts. */
  @ApiProperty({ enum: GOALS.filter((goal) => goal !== 'epc'), default: 'approved', required: false })
  @Omittable()
  @IsIn(GOALS.filter((goal) => goal !== 'epc'))
  goal?: Goal;

  /** Time zone of the day. @example "Europe/Berlin" */
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

  /** Its share of the visitors is weight / sum of the weights. */
  @ApiPropertyOptional({ type: 'integer', minimum: 0, maximum: 10_000, default: 1 })
  @Omittable()
  @IsInt()
  @Min(0)
  @Max(10_000)
  weight?: number;

  /** Conversions per day. After that, other variants get its visitors, and `url` of the link when all are full. */
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

  /** `in`: one of them must match. `notIn`: none may match. @example ["DE", "AT", "CH"] */
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

  /** All conditions must match. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => ConditionDto)
  @HasValidConditions()
  @LeadsSomewhere()
  when: ConditionDto[];

  /** Destination of its visitors, unless `variants` is given. */
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
  /** `weighted`: by the configured weights. `optimised`: by the results of the variants. */
  @ApiProperty({ enum: ['weighted', 'optimised'] })
  @IsIn(['weighted', 'optimised'])
  mode: 'weighted' | 'optimised';

  /** The goal: the share of clicks with this kind of conversion, or revenue per click (`epc`). Default: `approved`. */
  @ApiProperty({ enum: GOALS, default: 'approved', required: false })
  @Omittable()
  @IsIn(GOALS)
  goal?: Goal;

  /** Share of the visitors that is distributed evenly, whatever the results. Default: 0.1. */
  @Omittable()
  @IsNumber()
  @Min(0.01)
  @Max(1)
  exploration?: number;

  /** Number of days whose results count. Default: 14. */
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 90, default: 14 })
  @Omittable()
  @IsInt()
  @Min(1)
  @Max(90)
  windowDays?: number;
}
