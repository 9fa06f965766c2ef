import { Module } from '@nestjs/common';
import { LinksModule } from '../links/links.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { MetricCatalogue } from './metric-catalogue.service.js';
import { ReaderClient } from './reader-client.service.js';
import { ReportLabelsService } from './report-labels.service.js';
import { ReportsController } from './reports.controller.js';
import { ReportsService } from './reports.service.js';

// src/reports: reports over clicks and conversions. A request passes reports.controller.ts, reports.service.ts (parameters to a
// question, sums to metrics; the pure code is in rules/) and reader-client.service.ts. The question is answered by a process of
// its own from a copy of the data: see reader/report-reader.ts.
@Module({
  imports: [WorkspacesModule, LinksModule, NetworksModule],
  controllers: [ReportsController],
  providers: [ReportsService, ReaderClient, MetricCatalogue, ReportLabelsService],
})
export class ReportsModule {}
