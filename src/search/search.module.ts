import { Module } from '@nestjs/common';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { DomainsModule } from '../domains/domains.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { LinksModule } from '../links/links.module.js';
import { UtmTemplatesModule } from '../links/utm-templates/utm-templates.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PostbacksModule } from '../postbacks/postbacks.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { SearchController } from './search.controller.js';
import { SearchLookups } from './search-lookups.service.js';
import { SearchService } from './search.service.js';

/**
 * The search over everything of a workspace. Start at search.service.ts; search-lookups.service.ts has the queries, which the
 * modules below run, and rules/ reads the text (search-text.ts) and orders what was found (rank-candidates.ts).
 */
@Module({
  imports: [
    WorkspacesModule,
    DomainsModule,
    NetworksModule,
    ImportsModule,
    LinksModule,
    UtmTemplatesModule,
    ClicksModule,
    ConversionsModule,
    PostbacksModule,
  ],
  controllers: [SearchController],
  providers: [SearchLookups, SearchService],
})
export class SearchModule {}
