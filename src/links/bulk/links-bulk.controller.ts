import { Body, Controller, Delete, HttpCode, Patch, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiExtraModels, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent } from '../../platform/idempotency/idempotent.decorator.js';
import { type Caller, CurrentCaller, RequireScope } from '../../workspaces/caller.js';
import { ShowsLinks, ShowsMoney } from '../../workspaces/restrictions/restrictions.decorators.js';
import { CreateLinkRequest, UpdateLinkRequest } from '../links.dto.js';
import {
  BulkCreateRequest,
  BulkDeleteRequest,
  BulkResponse,
  BulkRestoreRequest,
  BulkUpdateRequest,
} from './link-bulk.dto.js';
import { LinkBulk, selected } from './link-bulk.service.js';

@ApiTags('links')
@ApiBearerAuth()
@ApiExtraModels(CreateLinkRequest, UpdateLinkRequest)
@Controller('api/v1/links/bulk')
export class LinksBulkController {
  constructor(private readonly bulk: LinkBulk) {}

  @Post()
  @HttpCode(200)
  @Idempotent()
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Create up to 100 links; each has its own result' })
  create(@CurrentCaller() caller: Caller, @Body() body: BulkCreateRequest): Promise<BulkResponse> {
    return this.bulk.create(caller, body.links);
  }

  @Patch()
  @Idempotent()
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Change up to 100 links, with the same or individual changes; each has its own result' })
  async update(@CurrentCaller() caller: Caller, @Body() body: BulkUpdateRequest): Promise<BulkResponse> {
    return this.bulk.update(caller, body);
  }

  @Delete()
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('never')
  @ApiOperation({ summary: 'Delete up to 100 links; each has its own result' })
  async delete(@CurrentCaller() caller: Caller, @Body() body: BulkDeleteRequest): Promise<BulkResponse> {
    return this.bulk.delete(caller, selected(body));
  }

  @Post('restore')
  @HttpCode(200)
  @Idempotent()
  @RequireScope('links:write')
  @ShowsLinks('within_limits')
  @ShowsMoney('masked')
  @ApiOperation({ summary: 'Restore up to 100 links that were deleted in the last 30 days; each has its own result' })
  async restore(@CurrentCaller() caller: Caller, @Body() body: BulkRestoreRequest): Promise<BulkResponse> {
    return this.bulk.restore(caller, selected(body));
  }
}
