import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DomainsModule } from '../domains/domains.module.js';
import { ImportsModule } from '../imports/imports.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { CountersModule } from '../counters/counters.module.js';
import { LinkBulk } from './bulk/link-bulk.service.js';
import { LinksBulkController } from './bulk/links-bulk.controller.js';
import { ClickLimit, ClickLimitSchema } from './limits/click-limit.schema.js';
import { ClickLimitsRepository } from './limits/click-limits.repository.js';
import { ClickLimits } from './limits/click-limits.service.js';
import { LinkCache } from './cache/link-cache.service.js';
import { LinkAddresses } from './write/link-addresses.service.js';
import { LinkUrlPolicy } from './write/link-url-policy.service.js';
import { LinkChangeFeed } from './cache/link-change-feed.service.js';
import { LinkOwners } from './cache/link-owners.service.js';
import { LinkPresenter } from './link-presenter.service.js';
import { LinkMigrations } from './link-migrations.repository.js';
import { LinkReadModel } from './link.read-model.js';
import { LinkWrites } from './write/link-writes.service.js';
import { PasswordModule } from './password/password.module.js';
import { LinksOnDomains } from './links-on-domains.service.js';
import { Link, LinkSchema } from './link.schema.js';
import { LinksController } from './links.controller.js';
import { LinksDeletion } from './links-deletion.service.js';
import { LinksRepository } from './links.repository.js';
import { LinksService } from './links.service.js';
import { LinkLookup } from './link-lookup.service.js';
import { CheckResult, CheckResultSchema } from './check-results/check-result.schema.js';
import { CheckResultsRepository } from './check-results/check-results.repository.js';
import { LinkDraftService } from './write/link-draft.service.js';
import { LinkInputService } from './write/link-input.service.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { LimitedLinks } from './list/limited-links.service.js';
import { LinkList } from './list/link-list.service.js';
import { WorkspaceLinkSearch } from './list/workspace-link-search.service.js';
import { LinkNumbersReadModel } from './list/link-numbers.read-model.js';
import { LinkExport } from './transfer/link-export.service.js';
import { LinkImportJobsController } from './transfer/link-import-jobs.controller.js';
import { LinkImportKind } from './transfer/link-import-kind.service.js';
import { LinkImports } from './transfer/link-imports.service.js';
import { LinkRowImport } from './transfer/link-row-import.service.js';
import { LinksTransferController } from './transfer/links-transfer.controller.js';
import { RedisLinkCache } from './cache/redis-link-cache.service.js';
import { LinkScan } from './scan/link-scan.service.js';
import { LinkScanReadModel } from './scan/link-scan.read-model.js';
import { LinkScanStateRepository } from './scan/link-scan-state.repository.js';
import { LinkScanSchema, LinkScanState } from './scan/link-scan.schema.js';
import { RotationController } from './routing/links-rotation.controller.js';
import { RoutingStates } from './routing/routing-states.service.js';
import { UtmTemplatesModule } from './utm-templates/utm-templates.module.js';

/**
 * Links: the API to manage them, and what the redirect needs to serve them.
 * Start at links.service.ts (create, change, delete), cache/link-cache.service.ts (look-up by the redirect) and
 * rules/compiled-link.ts (a link prepared for clicks). rules/ is pure.
 */
@Module({
  imports: [
    WorkspacesModule,
    ImportsModule,
    PasswordModule,
    DomainsModule,
    NetworksModule,
    CountersModule,
    UtmTemplatesModule,
    MongooseModule.forFeature([
      { name: Link.name, schema: LinkSchema },
      { name: LinkScanState.name, schema: LinkScanSchema },
      { name: ClickLimit.name, schema: ClickLimitSchema },
      { name: CheckResult.name, schema: CheckResultSchema },
    ]),
  ],
  controllers: [
    LinksBulkController,
    LinkImportJobsController,
    LinksTransferController,
    LinksController,
    RotationController,
  ],
  providers: [
    LinksRepository,
    LinkReadModel,
    LinkMigrations,
    LinkChangeFeed,
    RedisLinkCache,
    LinkCache,
    LinksService,
    LinkLookup,
    LinkInputService,
    LinkDraftService,
    LinkUrlPolicy,
    LinkWrites,
    LinkAddresses,
    LinkPresenter,
    LinkList,
    LimitedLinks,
    WorkspaceLinkSearch,
    LinkNumbersReadModel,
    LinkScanReadModel,
    LinkScanStateRepository,
    LinkScan,
    LinkBulk,
    LinkImports,
    LinkImportKind,
    LinkRowImport,
    LinkExport,
    ClickLimitsRepository,
    ClickLimits,
    CheckResultsRepository,
    LinkOwners,
    RoutingStates,
    LinksDeletion,
    LinksOnDomains,
  ],
  exports: [
    LinkCache,
    LinkReadModel,
    LinkOwners,
    LinksRepository,
    LinksService,
    LinkLookup,
    LinkDraftService,
    CheckResultsRepository,
    WorkspaceLinkSearch,
    ClickLimits,
    RoutingStates,
  ],
})
export class LinksModule {}
