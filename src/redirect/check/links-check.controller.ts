import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CompiledLink, routedLink } from '../../links/rules/compiled-link.js';
import { LinkLookup } from '../../links/link-lookup.service.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { SimulateRequest } from '../simulate/simulate.dto.js';
import { CheckResponse } from './check.dto.js';
import { LinkCheck } from './link-check.service.js';

@ApiTags('links')
@ApiBearerAuth()
@Controller('api/v1/links')
export class CheckController {
  constructor(
    private readonly links: LinkLookup,
    private readonly checks: LinkCheck,
  ) {}

  @Post(':id/check')
  @HttpCode(200)
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Follow the redirects to the destination and check whether the click id arrives' })
  async check(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: SimulateRequest,
  ): Promise<CheckResponse> {
    const link = await this.links.get(caller, id);
    return this.checks.check(new CompiledLink(routedLink(link)), body);
  }

  @Get(':id/check')
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Read the result of the last check of the link' })
  async last(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<CheckResponse> {
    const { _id } = await this.links.get(caller, id);
    return this.checks.getLast(caller.workspaceId, _id);
  }
}
