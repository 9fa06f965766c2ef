import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayNotEmpty, IsOptional } from 'class-validator';
import { PageInfo, PageQuery } from '../../platform/http/pagination.js';
import { IsRangeEnd, IsTime } from '../../platform/http/validation/is-time.decorator.js';
import { HoldsItems } from '../../platform/http/validation/validation.js';
import { MoneyResponse } from '../../platform/money/money.dto.js';
import { MAX_COSTS } from '../rules/costs/costs-csv.js';

/** Its fields are checked by `readCost`. The values are those that the clicks must have; without any, all clicks of the day. */
export class UploadedCostRequest {
  /** @example "2026-11-20" */
  day: string;

  /**
   * IANA time zone of the day. Default: the workspace's.
   * @example "Europe/Berlin"
   */
  timezone?: string;

  /** Id of the link. */
  link?: string;
  /** Campaign of the link. */
  campaign?: string;
  /** The parameter `source` of the clicks, else `utm_source`. */
  source?: string;
  sub1?: string;
  sub2?: string;
  sub3?: string;
  sub4?: string;
  sub5?: string;
  sub6?: string;
  sub7?: string;
  sub8?: string;
  sub9?: string;
  sub10?: string;

  /**
   * Decimal with at most six decimals.
   * @example "125.50"
   */
  amount: string;

  /**
   * Default: the workspace's.
   * @example "EUR"
   */
  currency?: string;
}

@HoldsItems()
export class UploadCostsRequest {
  @ApiProperty({ type: [UploadedCostRequest], maxItems: MAX_COSTS })
  @ArrayNotEmpty()
  @ArrayMaxSize(MAX_COSTS)
  costs: unknown[];
}

export class CostsUploadedResponse {
  /** New costs. */
  created: number;
  /** Costs with another amount than before. */
  replaced: number;
  /** Costs that were there already. */
  unchanged: number;
}

export class CostListQuery extends PageQuery {
  /** Costs of days that begin at or after this time. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsTime()
  from?: string;

  /** Costs of days that begin before this time. A date without a time includes that day. */
  @ApiPropertyOptional()
  @IsOptional()
  @IsRangeEnd('from')
  to?: string;
}

export class CostResponse {
  id: string;
  /** @example "2026-11-20" */
  day: string;
  /** @example "Europe/Berlin" */
  timezone: string;
  /** The first moment of the day. */
  from: string;
  /** The first moment after it. */
  to: string;
  /**
   * The values of its clicks; empty: all clicks of the day.
   * @example { "source": "propeller", "sub1": "zone7" }
   */
  by: Record<string, string>;
  /** As it was given. */
  given: MoneyResponse;
  /** In the currency that the workspace had, by the rate of the day. */
  cost: MoneyResponse;
  /**
   * The clicks that it is spread over. While it is 0, no report contains the cost. Null while reports are not complete, and for
   * a cost by more than three dimensions.
   */
  clicks: number | null;
  createdAt: string;
  updatedAt: string;
}

export class CostListResponse {
  data: CostResponse[];
  page: PageInfo;
}
