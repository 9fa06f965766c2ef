import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ReportsModule } from '../reports/reports.module.js';
import { ClickIdService } from './click-id.service.js';
import { ClickRecorder } from './click-recorder.service.js';
import { Click, ClickSchema } from './click.schema.js';
import { ClickStore } from './click-store.service.js';
import { ClicksController } from './clicks.controller.js';
import { ClicksRepository } from './clicks.repository.js';

@Module({
  imports: [ReportsModule, MongooseModule.forFeature([{ name: Click.name, schema: ClickSchema }])],
  controllers: [ClicksController],
  providers: [ClicksRepository, ClickStore, ClickRecorder, ClickIdService],
  exports: [ClickIdService, ClickRecorder, ClicksRepository],
})
export class ClicksModule {}
