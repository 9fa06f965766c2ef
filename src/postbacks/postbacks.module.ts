import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { PostbackController } from './postback.controller.js';
import { PostbackExportController } from './postback-export.controller.js';
import { PostbackReceiver } from './postback-receiver.service.js';
import { Postback, PostbackSchema } from './postback.schema.js';
import { PostbacksController } from './postbacks.controller.js';
import { PostbacksRepository } from './postbacks.repository.js';

@Module({
  imports: [
    NetworksModule,
    ConversionsModule,
    ClicksModule,
    MongooseModule.forFeature([{ name: Postback.name, schema: PostbackSchema }]),
  ],
  controllers: [PostbackController, PostbackExportController, PostbacksController],
  providers: [PostbacksRepository, PostbackReceiver],
})
export class PostbacksModule {}
