import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { MoneyResponse } from '../../platform/money/money.dto.js';
import { formatAmount } from '../../platform/money/money.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks } from '../../workspaces/restrictions/restrictions.decorators.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { CompiledLink, routedLink } from '../rules/compiled-link.js';
import { RotationResponse } from '../link-response.js';
import { LinkLookup } from '../link-lookup.service.js';
import { RoutingStates, type VariantReport } from './routing-states.service.js';
import { DEFAULT_ROTATION } from '../rules/routing/rule.js';

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

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links')
export class RotationController {
  constructor(
    private readonly links: LinkLookup,
    private readonly states: RoutingStates,
    private readonly settings: WorkspaceSettingsService,
  ) {}

  @Get(':id/rotation')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ApiOperation({ summary: 'Get the results of each variant, and its share of the visitors' })
  async numbers(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<RotationNumbersResponse> {
    const link = await this.links.get(caller, id);
    const { lists } = await this.states.report(new CompiledLink(routedLink(link)));
    const { currency } = await this.settings.of(caller.workspaceId);
    return {
      rotation: link.rotation ?? DEFAULT_ROTATION,
      lists: lists.map(({ rule, variants }) => ({
        rule: rule ?? null,
        variants: variants.map((one) => toNumbers(one, currency)),
      })),
    };
  }
}

function toNumbers({ variant, outlook, share, today }: VariantReport, currency: string): VariantNumbersResponse {
  const { name, url, weight, cap } = variant;
  const { clicks, conversions, rate, probabilityBest } = outlook;
  const revenue = { amount: formatAmount(outlook.revenue.toFixed(6)), currency };
  const isFull = cap !== null && (today ?? 0) >= cap.conversions;
  const numbers = { clicks, conversions, revenue, rate: round(rate), probabilityBest, share: round(share) };
  return { name, url, weight, ...numbers, today: today ?? null, isFull };
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
