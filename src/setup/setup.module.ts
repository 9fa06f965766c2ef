import { Module } from '@nestjs/common';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { DomainsModule } from '../domains/domains.module.js';
import { LinksModule } from '../links/links.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PostbacksModule } from '../postbacks/postbacks.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { LinkCheckEvidenceReader } from './link-check-evidence.service.js';
import { SetupController } from './setup.controller.js';
import { SetupEvidenceService } from './setup-evidence.service.js';
import { SetupService } from './setup.service.js';

/**
 * The setup checklist: what was seen on the way to the first attributed conversion. Start at setup.service.ts;
 * setup-evidence.service.ts has the queries, and rules/assess-setup.ts decides the state of each step.
 */
@Module({
  imports: [
    WorkspacesModule,
    DomainsModule,
    NetworksModule,
    LinksModule,
    ClicksModule,
    ConversionsModule,
    PostbacksModule,
  ],
  controllers: [SetupController],
  providers: [LinkCheckEvidenceReader, SetupEvidenceService, SetupService],
})
export class SetupModule {}
