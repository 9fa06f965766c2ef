import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { ConversionStoryResponse } from './conversion-story.dto.js';
import { ConversionStory } from './conversion-story.service.js';

/** The story of a conversion needs the postback log, so it is in this module. */
@ApiTags('conversions')
@ApiBearerAuth()
@Controller('api/v1/conversions')
export class ConversionStoryController {
  constructor(private readonly stories: ConversionStory) {}

  @Get(':id/story')
  @RequireScope('conversions:read')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({
    summary: 'Read what happened to a conversion: its click, the reports about it, and its status, in order',
  })
  read(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<ConversionStoryResponse> {
    return this.stories.read(caller, id);
  }
}
