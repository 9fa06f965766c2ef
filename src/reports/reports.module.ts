import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LinksModule } from '../links/links.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { CostClicks } from './costs/cost-clicks.service.js';
import { CostEntriesRepository } from './costs/cost-entries.repository.js';
import { CostEntry, CostEntrySchema } from './costs/cost-entry.schema.js';
import { CostsController } from './costs/costs.controller.js';
import { CostsService } from './costs/costs.service.js';
import { MetricCatalogue } from './formulas/metric-catalogue.service.js';
import { ReportFormula, ReportFormulaSchema } from './formulas/report-formula.schema.js';
import { ReportFormulasController } from './formulas/report-formulas.controller.js';
import { ReportFormulasRepository } from './formulas/report-formulas.repository.js';
import { ReportFormulasService } from './formulas/report-formulas.service.js';
import { EventStreams } from './live/event-streams.service.js';
import { EventsController } from './live/events.controller.js';
import { ReaderClient } from './reader-client.service.js';
import { ReaderStatus } from './reader-status.service.js';
import { ReportAnnotationsService } from './report-annotations.service.js';
import { ReportLabelsService } from './report-labels.service.js';
import { ReportsController } from './reports.controller.js';
import { ReportViewsController } from './report-views.controller.js';
import { ReportViewsService } from './report-views.service.js';
import { ReportsService } from './reports.service.js';

// src/reports: reports over clicks and conversions. A request passes reports.controller.ts, reports.service.ts (parameters to a
// question, sums to metrics; the pure code is in rules/) and reader-client.service.ts. The question is answered by a process of
// its own from a copy of the data: see reader/report-reader.ts. The same process sends live events: see live/live-feed.ts.
@Module({
  imports: [
    WorkspacesModule,
    LinksModule,
    NetworksModule,
    RatesModule,
    MongooseModule.forFeature([
      { name: ReportFormula.name, schema: ReportFormulaSchema },
      { name: CostEntry.name, schema: CostEntrySchema },
    ]),
  ],
  controllers: [ReportsController, ReportViewsController, ReportFormulasController, CostsController, EventsController],
  providers: [
    ReportsService,
    ReportViewsService,
    ReaderClient,
    ReaderStatus,
    MetricCatalogue,
    ReportAnnotationsService,
    ReportLabelsService,
    ReportFormulasRepository,
    ReportFormulasService,
    CostEntriesRepository,
    CostsService,
    CostClicks,
    EventStreams,
  ],
})
export class ReportsModule {}
