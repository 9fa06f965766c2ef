import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { formatAmount } from '../../platform/money/money.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks } from '../../workspaces/restrictions/restrictions.decorators.js';
import { WorkspaceSettingsService } from '../../workspaces/settings/workspace-settings.service.js';
import { CompiledLink, routedLink } from '../rules/compiled-link.js';
import { LinkLookup } from '../link-lookup.service.js';
import { RotationNumbersResponse, type VariantNumbersResponse } from './rotation-numbers.dto.js';
import { RoutingStates, type VariantReport } from './routing-states.service.js';
import { DEFAULT_ROTATION } from '../rules/routing/rule.js';

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
