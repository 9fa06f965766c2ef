import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { ClicksModule } from '../clicks/clicks.module.js';
import { LinksModule } from '../links/links.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { ClickLock, ClickLockSchema } from './click-lock.schema.js';
import { ClickLocksRepository } from './click-locks.repository.js';
import { ConversionExportController } from './conversion-export.controller.js';
import { ConversionExport } from './conversion-export.service.js';
import { Conversion, ConversionSchema } from './conversion.schema.js';
import { ConversionLoader } from './conversion-loader.service.js';
import { ConversionsController } from './conversions.controller.js';
import { ConversionsRepository } from './conversions.repository.js';
import { ConversionsService } from './conversions.service.js';

@Module({
  imports: [
    ClicksModule,
    LinksModule,
    RatesModule,
    ReportsModule,
    MongooseModule.forFeature([
      { name: Conversion.name, schema: ConversionSchema },
      { name: ClickLock.name, schema: ClickLockSchema },
    ]),
  ],
  controllers: [ConversionExportController, ConversionsController],
  providers: [ConversionsRepository, ClickLocksRepository, ConversionLoader, ConversionsService, ConversionExport],
  exports: [ConversionsService],
})
export class ConversionsModule {}
