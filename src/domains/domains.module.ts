import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DnsLookup } from './dns/dns-lookup.service.js';
import { DomainChecker } from './dns/domain-check.service.js';
import { DestinationPolicy } from './destination-policy.service.js';
import { DomainCache } from './domain-cache.service.js';
import { DomainPagesController } from './domain-pages.controller.js';
import { DomainReadModel } from './domain.read-model.js';
import { DomainMigrations } from './domain-migrations.repository.js';
import { DomainRecheckQueue } from './domain-recheck-queue.repository.js';
import { DomainRechecks } from './domain-rechecks.service.js';
import { Domain, DomainSchema } from './domain.schema.js';
import { DomainsDeletion } from './domains-deletion.service.js';
import { DomainVerification } from './domain-verification.service.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { DomainsController } from './domains.controller.js';
import { DomainsRepository } from './domains.repository.js';
import { DomainsService } from './domains.service.js';
import { OrphanDay, OrphanDaySchema } from './orphans/orphan-day.schema.js';
import { OrphanDaysRepository } from './orphans/orphan-days.repository.js';
import { OrphanHits } from './orphans/orphan-hits.service.js';
import { TlsAllowController } from './tls-allow.controller.js';

@Module({
  imports: [
    WorkspacesModule,
    MongooseModule.forFeature([
      { name: Domain.name, schema: DomainSchema },
      { name: OrphanDay.name, schema: OrphanDaySchema },
    ]),
  ],
  controllers: [DomainsController, TlsAllowController, DomainPagesController],
  providers: [
    DomainsRepository,
    DomainReadModel,
    DomainMigrations,
    DomainRecheckQueue,
    DomainCache,
    DestinationPolicy,
    DomainsService,
    DnsLookup,
    DomainChecker,
    DomainVerification,
    DomainRechecks,
    DomainsDeletion,
    OrphanDaysRepository,
    OrphanHits,
  ],
  exports: [DestinationPolicy, DomainsService, DomainCache, OrphanHits],
})
export class DomainsModule {}
