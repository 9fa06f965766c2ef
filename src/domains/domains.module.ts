import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DnsLookup } from './verification/dns-lookup.service.js';
import { DomainChecker } from './verification/domain-check.service.js';
import { DestinationPolicy } from './destination-policy.service.js';
import { DomainCache } from './domain-cache.service.js';
import { DomainPagesController } from './domain-pages.controller.js';
import { DomainSearch } from './domain-search.service.js';
import { DomainReadModel } from './domain.read-model.js';
import { DomainRecheckQueue } from './verification/domain-recheck-queue.repository.js';
import { DomainRechecks } from './verification/domain-rechecks.service.js';
import { Domain, DomainSchema } from './domain.schema.js';
import { DomainsDeletion } from './domains-deletion.service.js';
import { DomainVerification } from './verification/domain-verification.service.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { DomainsController } from './domains.controller.js';
import { DomainsRepository } from './domains.repository.js';
import { DomainsService } from './domains.service.js';
import { UnmatchedDay, UnmatchedDaySchema } from './unmatched/unmatched-day.schema.js';
import { UnmatchedDaysRepository } from './unmatched/unmatched-days.repository.js';
import { UnmatchedVisits } from './unmatched/unmatched-visits.service.js';
import { TlsAllowController } from './tls-allow.controller.js';

/**
 * Hostnames of workspaces: claimed through the API, verified by DNS (verification/), kept in memory for requests.
 * Start at domains.service.ts (rules) and domain-cache.service.ts (what requests read). unmatched/ counts visits
 * that no link answers; rules/ is pure.
 */
@Module({
  imports: [
    WorkspacesModule,
    MongooseModule.forFeature([
      { name: Domain.name, schema: DomainSchema },
      { name: UnmatchedDay.name, schema: UnmatchedDaySchema },
    ]),
  ],
  controllers: [DomainsController, TlsAllowController, DomainPagesController],
  providers: [
    DomainsRepository,
    DomainReadModel,
    DomainRecheckQueue,
    DomainCache,
    DestinationPolicy,
    DomainsService,
    DomainSearch,
    DnsLookup,
    DomainChecker,
    DomainVerification,
    DomainRechecks,
    DomainsDeletion,
    UnmatchedDaysRepository,
    UnmatchedVisits,
  ],
  exports: [DestinationPolicy, DomainsService, DomainSearch, DomainCache, UnmatchedVisits],
})
export class DomainsModule {}
