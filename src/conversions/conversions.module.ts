import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { LinksModule } from '../links/links.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { ClickLock, ClickLockSchema } from './click-lock.schema.js';
import { ClickLocksRepository } from './click-locks.repository.js';
import { Conversion, ConversionSchema } from './conversion.schema.js';
import { ConversionLoader } from './conversion-loader.service.js';
import { ConversionsController } from './conversions.controller.js';
import { ConversionsRepository } from './conversions.repository.js';
import { ConversionsService } from './conversions.service.js';

@Module({
  imports: [
    ClicksModule,
    LinksModule,
    ReportsModule,
    MongooseModule.forFeature([
      { name: Conversion.name, schema: ConversionSchema },
      { name: ClickLock.name, schema: ClickLockSchema },
    ]),
  ],
  controllers: [ConversionsController],
  providers: [ConversionsRepository, ClickLocksRepository, ConversionLoader, ConversionsService],
  exports: [ConversionsService],
})
export class ConversionsModule {}
