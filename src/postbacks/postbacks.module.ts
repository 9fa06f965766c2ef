import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { LinksModule } from '../links/links.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { NetworkDebuggerController } from './debugger/network-debugger.controller.js';
import { NetworkPreview } from './debugger/network-preview.service.js';
import { NetworkTestResult, NetworkTestResultSchema } from './debugger/network-test-result.schema.js';
import { NetworkTestResults } from './debugger/network-test-results.repository.js';
import { NetworkTest } from './debugger/network-test.service.js';
import { PostbackCounts } from './log/postback-counts.service.js';
import { ParameterGlosses } from './log/parameter-glosses.service.js';
import { PostbackEvidence } from './log/postback-evidence.service.js';
import { PostbackLogReader } from './log/postback-log-reader.service.js';
import { PostbackPreviewer } from './debugger/postback-previewer.service.js';
import { PostbackErasure } from './log/postback-erasure.service.js';
import { PostbackExportController } from './log/postback-export.controller.js';
import { PostbackLogController } from './log/postback-log.controller.js';
import { PostbackPresenter } from './log/postback-presenter.service.js';
import { PostbackRetention } from './log/postback-retention.service.js';
import { PostbackSearch } from './log/postback-search.service.js';
import { PixelController } from './pixel/pixel.controller.js';
import { SnippetController } from './pixel/snippet.controller.js';
import { TrackController } from './pixel/track.controller.js';
import { PostbackMetrics } from './postback-metrics.service.js';
import { HeldNetworks } from './mapping-changes/held-networks.read-model.js';
import { MappingChangePreview } from './mapping-changes/mapping-change-preview.service.js';
import { MappingChange, MappingChangeSchema } from './mapping-changes/mapping-change.schema.js';
import { MappingChangesController } from './mapping-changes/mapping-changes.controller.js';
import { MappingChangesRepository } from './mapping-changes/mapping-changes.repository.js';
import { MappingChanges } from './mapping-changes/mapping-changes.service.js';
import { RerunProgress } from './mapping-changes/rerun-progress.service.js';
import { Postback, PostbackSchema } from './postback.schema.js';
import { PostbacksRepository } from './postbacks.repository.js';
import { IncomingMoney } from './process/incoming-money.service.js';
import { LogEntries } from './process/log-entries.service.js';
import { NetworkDialects } from './process/network-dialects.service.js';
import { PostbackAttribution } from './process/postback-attribution.service.js';
import { PostbackInterpreter } from './process/postback-interpreter.service.js';
import { PostbackWriter } from './process/postback-writer.service.js';
import { ProcessPostback } from './process/process-postback.service.js';
import { PostbackEndpoint } from './receive/postback-endpoint.service.js';
import { PostbackRequests } from './receive/postback-requests.service.js';
import { ReceivePostbackController } from './receive/receive-postback.controller.js';
import { BulkReplayQueue } from './reprocess/bulk-replay-queue.repository.js';
import { BulkReplayRunner } from './reprocess/bulk-replay-runner.service.js';
import { BulkReplay, BulkReplaySchema } from './reprocess/bulk-replay.schema.js';
import { BulkReplaysController } from './reprocess/bulk-replays.controller.js';
import { BulkReplaysRepository } from './reprocess/bulk-replays.repository.js';
import { BulkReplays } from './reprocess/bulk-replays.service.js';
import { PostbackReplayer } from './reprocess/postback-replayer.service.js';
import { RematchJobs } from './reprocess/rematch-jobs.service.js';
import { RematchRun, RematchRunSchema } from './reprocess/rematch-run.schema.js';
import { RematchRuns } from './reprocess/rematch-runs.repository.js';
import { ReprocessPostback } from './reprocess/reprocess-postback.service.js';
import { WaitingPostbacks } from './reprocess/waiting-postbacks.read-model.js';
import { PostbackGate } from './security/postback-gate.service.js';
import { ConversionStoryController } from './story/conversion-story.controller.js';
import { ConversionStory } from './story/conversion-story.service.js';
import { PostbackSpool } from './spool/postback-spool.service.js';
import { SpooledPostbackJob } from './spool/spooled-postback-job.service.js';

/**
 * Postbacks. Start at process/process-postback.service.ts, the request flow; receive/ and pixel/ call it, rules/ has its pure
 * code, and security/ checks address, token and signature. spool/ bridges outages of MongoDB, reprocess/ runs log entries
 * again, mapping-changes/ changes how they are read, and log/, story/ and debugger/ show them.
 */
@Module({
  imports: [
    WorkspacesModule,
    NetworksModule,
    ConversionsModule,
    ClicksModule,
    LinksModule,
    MongooseModule.forFeature([
      { name: Postback.name, schema: PostbackSchema },
      { name: BulkReplay.name, schema: BulkReplaySchema },
      { name: RematchRun.name, schema: RematchRunSchema },
      { name: MappingChange.name, schema: MappingChangeSchema },
      { name: NetworkTestResult.name, schema: NetworkTestResultSchema },
    ]),
  ],
  controllers: [
    ReceivePostbackController,
    PostbackExportController,
    PostbackLogController,
    BulkReplaysController,
    NetworkDebuggerController,
    MappingChangesController,
    PixelController,
    TrackController,
    SnippetController,
    ConversionStoryController,
  ],
  providers: [
    PostbacksRepository,
    PostbackErasure,
    PostbackMetrics,
    PostbackRetention,
    PostbackLogReader,
    PostbackCounts,
    ParameterGlosses,
    PostbackPresenter,
    PostbackSearch,
    PostbackEvidence,
    ConversionStory,
    // The request flow
    PostbackEndpoint,
    PostbackRequests,
    ProcessPostback,
    PostbackGate,
    LogEntries,
    NetworkDialects,
    PostbackInterpreter,
    PostbackAttribution,
    PostbackWriter,
    IncomingMoney,
    // Outages
    PostbackSpool,
    SpooledPostbackJob,
    // Reprocessing
    ReprocessPostback,
    PostbackReplayer,
    BulkReplayQueue,
    BulkReplaysRepository,
    BulkReplayRunner,
    BulkReplays,
    RematchRuns,
    WaitingPostbacks,
    RematchJobs,
    // Mapping changes with an undo
    MappingChangesRepository,
    HeldNetworks,
    RerunProgress,
    MappingChangePreview,
    MappingChanges,
    // Debugging
    PostbackPreviewer,
    NetworkPreview,
    NetworkTest,
    NetworkTestResults,
  ],
  exports: [NetworkTestResults, PostbackEvidence, PostbackSearch, ProcessPostback],
})
export class PostbacksModule {}
