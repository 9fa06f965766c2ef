import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequireScope } from '../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../workspaces/restrictions/restrictions.decorators.js';
import { SetupResponse } from './setup.dto.js';
import { SetupService } from './setup.service.js';

@ApiTags('setup')
@ApiBearerAuth()
@Controller('api/v1/setup')
export class SetupController {
  constructor(private readonly setup: SetupService) {}

  @Get()
  @RequireScope('links:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({
    summary: 'Read the setup checklist: the steps to the first attributed conversion, and what was seen',
  })
  read(@CurrentCaller() caller: Caller): Promise<SetupResponse> {
    return this.setup.read(caller);
  }
}
