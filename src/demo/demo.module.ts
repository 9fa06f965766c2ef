import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { DomainsModule } from '../domains/domains.module.js';
import { LinksModule } from '../links/links.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PostbacksModule } from '../postbacks/postbacks.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { DemoFill, DemoFillSchema } from './demo-fill.schema.js';
import { DemoFiller } from './demo-filler.service.js';
import { DemoFills } from './demo-fills.repository.js';
import { DemoObjectsService } from './demo-objects.service.js';
import { DemoWorkspaceController } from './demo-workspace.controller.js';
import { DemoWorkspaces } from './demo-workspaces.service.js';

/**
 * Demo workspaces: 90 days of made-up traffic in a workspace of its own. Start at demo-workspaces.service.ts; demo-filler.service.ts
 * stores the data in the background, and rules/ makes it: the same data for the same time.
 */
@Module({
  imports: [
    WorkspacesModule,
    DomainsModule,
    NetworksModule,
    LinksModule,
    ClicksModule,
    PostbacksModule,
    MongooseModule.forFeature([{ name: DemoFill.name, schema: DemoFillSchema }]),
  ],
  controllers: [DemoWorkspaceController],
  providers: [DemoWorkspaces, DemoFills, DemoFiller, DemoObjectsService],
})
export class DemoModule {}
