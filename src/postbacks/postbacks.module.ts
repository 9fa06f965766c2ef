import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PixelController } from './pixel/pixel.controller.js';
import { SnippetController } from './pixel/snippet.controller.js';
import { TrackController } from './pixel/track.controller.js';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { PostbackController } from './postback.controller.js';
import { PostbackIntake } from './postback-intake.service.js';
import { PostbackJudge } from './postback-judge.service.js';
import { PostbackLog } from './postback-log.service.js';
import { PostbackExportController } from './postback-export.controller.js';
import { PostbackReceiver } from './postback-receiver.service.js';
import { Postback, PostbackSchema } from './postback.schema.js';
import { PostbacksController } from './postbacks.controller.js';
import { PostbacksRepository } from './postbacks.repository.js';
import { PostbackGate } from './security/postback-gate.service.js';
import { PostbackSpool } from './spool/postback-spool.service.js';

@Module({
  imports: [
    WorkspacesModule,
    NetworksModule,
    ConversionsModule,
    ClicksModule,
    MongooseModule.forFeature([{ name: Postback.name, schema: PostbackSchema }]),
  ],
  controllers: [
    PostbackController,
    PostbackExportController,
    PostbacksController,
    PixelController,
    TrackController,
    SnippetController,
  ],
  providers: [
    PostbacksRepository,
    PostbackReceiver,
    PostbackJudge,
    PostbackLog,
    PostbackIntake,
    PostbackGate,
    PostbackSpool,
  ],
})
export class PostbacksModule {}
