import { ApiProperty } from '@nestjs/swagger';
import { MoneyResponse } from '../../platform/money/money.dto.js';
import { RotationResponse } from '../link-response.js';

export class VariantNumbersResponse {
  name: string;
  url: string;
  weight: number;
  /** Human clicks in the window. */
  clicks: number;
  /** Conversions in the window that the goal counts. */
  conversions: number;
  /** Revenue of approved conversions, in the workspace's currency. It is rounded: use reports for accounting. */
  @ApiProperty({ type: MoneyResponse })
  revenue: MoneyResponse;
  /** Conversions per click, or revenue per click for the goal `epc`. */
  rate: number;
  /** Probability that no other variant is better. */
  probabilityBest: number;
  /** Its current share of the visitors, 0 to 1. */
  share: number;
  /** Conversions of today; `null` without a cap. */
  @ApiProperty({ type: Number, nullable: true })
  today: number | null;
  /** True when its cap is reached: other variants get its visitors until midnight. */
  isFull: boolean;
}

export class RotationListResponse {
  /** The rule that has these variants; `null`: the link itself. */
  @ApiProperty({ type: String, nullable: true })
  rule: string | null;
  @ApiProperty({ type: [VariantNumbersResponse] })
  variants: VariantNumbersResponse[];
}

export class RotationNumbersResponse {
  rotation: RotationResponse;
  @ApiProperty({ type: [RotationListResponse] })
  lists: RotationListResponse[];
}
