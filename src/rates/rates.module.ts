import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { ExchangeRatesController } from './exchange-rates.controller.js';
import { StoredRateDay, StoredRateDaySchema } from './rate-day.schema.js';
import { RateDaysRepository } from './rate-days.repository.js';
import { RatesService } from './rates.service.js';

@Module({
  imports: [WorkspacesModule, MongooseModule.forFeature([{ name: StoredRateDay.name, schema: StoredRateDaySchema }])],
  controllers: [ExchangeRatesController],
  providers: [RateDaysRepository, RatesService],
  exports: [RatesService],
})
export class RatesModule {}
