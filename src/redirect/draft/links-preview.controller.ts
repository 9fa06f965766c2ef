import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DraftLinkFields } from '../../links/links.dto.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { DraftPreviewRequest, DraftPreviewResponse } from './draft-preview.dto.js';
import { DraftPreviewService } from './draft-preview.service.js';

@ApiTags('links')
@ApiBearerAuth()
@ApiExtraModels(DraftLinkFields)
@Controller('api/v1/links/preview')
export class DraftPreviewController {
  constructor(private readonly previews: DraftPreviewService) {}

  // links:write: it tells whether a slug or an externalId is taken, also by links that a limited member does not see.
  @Post()
  @HttpCode(200)
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({
    summary: 'Show a link that is not stored yet, or changes of one: its problems, and the location of a visitor',
  })
  preview(@CurrentCaller() caller: Caller, @Body() body: DraftPreviewRequest): Promise<DraftPreviewResponse> {
    return this.previews.preview(caller, body);
  }
}
