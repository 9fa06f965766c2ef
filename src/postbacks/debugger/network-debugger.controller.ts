import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { InWorkspace, RequireScope } from '../../workspaces/caller.js';
import {
  PreviewPostbackRequest,
  PreviewPostbackResponse,
  TestNetworkRequest,
  TestNetworkResponse,
} from './network-debugger.dto.js';
import { NetworkPreview } from './network-preview.service.js';
import { NetworkTest } from './network-test.service.js';

/** Tests and previews of a network's postbacks. */
@ApiTags('networks')
@ApiBearerAuth()
@Controller('api/v1/networks')
export class NetworkDebuggerController {
  constructor(
    private readonly tests: NetworkTest,
    private readonly previews: NetworkPreview,
  ) {}

  @Post(':id/test')
  @HttpCode(200)
  @RequireScope('postbacks:write')
  @ApiOperation({
    summary: 'Send a test postback for a test click through the public URL; nothing is counted',
  })
  test(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Body() body: TestNetworkRequest,
  ): Promise<TestNetworkResponse> {
    return this.tests.run(workspaceId, id, body);
  }

  @Post(':id/preview')
  @HttpCode(200)
  @RequireScope('postbacks:read')
  @ApiOperation({ summary: 'Preview the result of a pasted URL or request; nothing is stored' })
  preview(
    @InWorkspace() workspaceId: WorkspaceId,
    @Param('id') id: string,
    @Body() body: PreviewPostbackRequest,
  ): Promise<PreviewPostbackResponse> {
    return this.previews.preview(workspaceId, id, body);
  }
}
