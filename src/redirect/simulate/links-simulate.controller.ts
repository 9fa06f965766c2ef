import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CompiledLink, routedLink } from '../../links/rules/compiled-link.js';
import { LinkLookup } from '../../links/link-lookup.service.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { SimulateRequest, SimulateResponse } from './simulate.dto.js';
import { Simulator } from './simulator.service.js';

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links')
export class SimulateController {
  constructor(
    private readonly links: LinkLookup,
    private readonly simulator: Simulator,
  ) {}

  @Post(':id/simulate')
  @HttpCode(200)
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({
    summary: 'Simulate a visit: destination, rule, variant and the reasons; nothing is recorded',
  })
  async simulate(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: SimulateRequest,
  ): Promise<SimulateResponse> {
    const link = await this.links.get(caller, id);
    return this.simulator.simulate(new CompiledLink(routedLink(link)), body);
  }
}
