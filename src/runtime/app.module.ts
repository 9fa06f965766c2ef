import { type DynamicModule, Module } from '@nestjs/common';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { DashboardModule } from '../dashboard/dashboard.module.js';
import { DemoModule } from '../demo/demo.module.js';
import { DomainsModule } from '../domains/domains.module.js';
import { FirstStart } from './first-start.service.js';
import { LinksModule } from '../links/links.module.js';
import { QrModule } from '../links/qr/qr.module.js';
import { ClientDescriptions } from './client-descriptions.service.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PeopleModule } from '../people/people.module.js';
import { PlatformModule, type PlatformOptions } from '../platform/platform.module.js';
import { PostbacksModule } from '../postbacks/postbacks.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { RedirectModule } from '../redirect/redirect.module.js';
import { SearchModule } from '../search/search.module.js';
import { SetupModule } from '../setup/setup.module.js';
import { CountersModule } from '../counters/counters.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';

/** All modules of the application. */
@Module({})
export class AppModule {
  static with(options: PlatformOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(options),
        WorkspacesModule,
        PeopleModule,
        DomainsModule,
        NetworksModule,
        CountersModule,
        RatesModule,
        LinksModule,
        QrModule,
        ClicksModule,
        RedirectModule,
        ConversionsModule,
        PostbacksModule,
        ReportsModule,
        SearchModule,
        DashboardModule,
        SetupModule,
        DemoModule,
      ],
      providers: [FirstStart, ClientDescriptions],
    };
  }
}
