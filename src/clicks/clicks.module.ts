import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClickExportController } from './export/click-export.controller.js';
import { ClickIdService } from './click-id.service.js';
import { ClickRecorder } from './click-recorder.service.js';
import { Click, ClickSchema } from './click.schema.js';
import { ClicksController } from './clicks.controller.js';
import { ClicksRepository } from './clicks.repository.js';
import { ClickBulkWriter } from './click-bulk-writer.repository.js';
import { ClickErasure, ClickErasureSchema } from './erasure/click-erasure.schema.js';
import { ClickErasuresRepository } from './erasure/click-erasures.repository.js';
import { ClickErasures } from './erasure/click-erasures.service.js';
import { ClickErasureQueue } from './erasure/click-erasure-queue.repository.js';
import { ClickRetentionPosition, ClickRetentionPositionSchema } from './retention/click-retention.schema.js';
import { ClickRetention } from './retention/click-retention.service.js';
import { ClickRetentionsRepository } from './retention/click-retentions.repository.js';
import { ClickListService } from './list/click-list.service.js';
import { ClicksOfLink } from './list/clicks-of-link.service.js';
import { ShipperStatus } from './shipper/shipper-status.service.js';
import { TestClicks } from './test-clicks.service.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { VisitorRuleCache } from './visitor-rules/visitor-rule-cache.service.js';
import { VisitorRulePreviewService } from './visitor-rules/visitor-rule-preview.service.js';
import { VisitorRule, VisitorRuleSchema } from './visitor-rules/visitor-rule.schema.js';
import { VisitorRulesController } from './visitor-rules/visitor-rules.controller.js';
import { VisitorRulesRepository } from './visitor-rules/visitor-rules.repository.js';
import { VisitorRulesService } from './visitor-rules/visitor-rules.service.js';
import { ConvertedPrefetches } from './converted-prefetches.service.js';
import { CountersModule } from '../counters/counters.module.js';
import { SpoolOffset, SpoolOffsetSchema } from './shipper/spool-offset.schema.js';

// src/clicks: clicks from the spool to MongoDB, their export, erasure and retention, and the visitor rules.
// A click is recorded by click-recorder.service.ts and stored by the shipper, a process of its own. Start reading with
// shipper/shipper.ts; click.schema.ts is the stored click, rules/click-record.ts the spooled one.
@Module({
  imports: [
    WorkspacesModule,
    CountersModule,
    MongooseModule.forFeature([
      { name: Click.name, schema: ClickSchema },
      { name: ClickRetentionPosition.name, schema: ClickRetentionPositionSchema },
      { name: ClickErasure.name, schema: ClickErasureSchema },
      { name: SpoolOffset.name, schema: SpoolOffsetSchema },
      { name: VisitorRule.name, schema: VisitorRuleSchema },
    ]),
  ],
  controllers: [ClickExportController, ClicksController, VisitorRulesController],
  providers: [
    ClicksRepository,
    ClickListService,
    ClicksOfLink,
    ClickBulkWriter,
    ClickRecorder,
    ClickIdService,
    ShipperStatus,
    TestClicks,
    ClickRetentionsRepository,
    ClickRetention,
    ClickErasuresRepository,
    ClickErasureQueue,
    ClickErasures,
    ConvertedPrefetches,
    VisitorRulesRepository,
    VisitorRuleCache,
    VisitorRulesService,
    VisitorRulePreviewService,
  ],
  exports: [
    ClickBulkWriter,
    ClickErasures,
    ClickIdService,
    ClickRecorder,
    ClicksRepository,
    ConvertedPrefetches,
    ShipperStatus,
    TestClicks,
    VisitorRuleCache,
    VisitorRulesService,
  ],
})
export class ClicksModule {}
