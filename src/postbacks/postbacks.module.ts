import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { LinksModule } from '../links/links.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PixelController } from './pixel/pixel.controller.js';
import { SnippetController } from './pixel/snippet.controller.js';
import { TrackController } from './pixel/track.controller.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { NetworkDebuggerController } from './debugger/network-debugger.controller.js';
import { NetworkPreview } from './debugger/network-preview.service.js';
import { NetworkTest } from './debugger/network-test.service.js';
import { PostbackLogReader } from './debugger/postback-log-reader.service.js';
import { PostbackPreviewer } from './debugger/postback-previewer.service.js';
import { PostbackReplayer } from './debugger/postback-replayer.service.js';
import { PostbackAdmission } from './postback-admission.service.js';
import { PostbackEndpoint } from './postback-endpoint.service.js';
import { PostbackController } from './postback.controller.js';
import { PostbackIntake } from './postback-intake.service.js';
import { PostbackJudge } from './postback-judge.service.js';
import { PostbackLog } from './postback-log.service.js';
import { PostbackExportController } from './postback-export.controller.js';
import { NetworkDialects } from './network-dialects.service.js';
import { PostbackErasure } from './postback-erasure.service.js';
import { PostbackMetrics } from './postback-metrics.service.js';
import { PostbackReceiver } from './postback-receiver.service.js';
import { PostbackRetention } from './postback-retention.service.js';
import { Postback, PostbackSchema } from './postback.schema.js';
import { PostbacksController } from './postbacks.controller.js';
import { PostbacksRepository } from './postbacks.repository.js';
import { PostbackGate } from './security/postback-gate.service.js';
import { PostbackSpool } from './spool/postback-spool.service.js';
import { RematchRun, RematchRunSchema } from './rematching/rematch-run.schema.js';
import { RematchRuns } from './rematching/rematch-runs.repository.js';
import { Rematcher } from './rematching/rematcher.service.js';
import { Rematching } from './rematching/rematching.service.js';
import { WaitingPostbacks } from './rematching/waiting.read-model.js';
import { BulkReplayQueue } from './replays/bulk-replay-queue.repository.js';
import { BulkReplayRunner } from './replays/bulk-replay-runner.service.js';
import { BulkReplay, BulkReplaySchema } from './replays/bulk-replay.schema.js';
import { BulkReplaysController } from './replays/bulk-replays.controller.js';
import { BulkReplaysRepository } from './replays/bulk-replays.repository.js';
import { BulkReplays } from './replays/bulk-replays.service.js';

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
    ]),
  ],
  controllers: [
    PostbackController,
    PostbackExportController,
    PostbacksController,
    BulkReplaysController,
    NetworkDebuggerController,
    PixelController,
    TrackController,
    SnippetController,
  ],
  providers: [
    PostbacksRepository,
    PostbackErasure,
    PostbackMetrics,
    PostbackReceiver,
    PostbackJudge,
    NetworkDialects,
    PostbackLog,
    PostbackIntake,
    PostbackAdmission,
    PostbackEndpoint,
    PostbackGate,
    PostbackSpool,
    PostbackRetention,
    PostbackLogReader,
    PostbackReplayer,
    PostbackPreviewer,
    NetworkPreview,
    NetworkTest,
    RematchRuns,
    WaitingPostbacks,
    Rematcher,
    Rematching,
    BulkReplayQueue,
    BulkReplaysRepository,
    BulkReplayRunner,
    BulkReplays,
  ],
})
export class PostbacksModule {}
