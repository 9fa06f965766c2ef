import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { ExchangeRatesController } from './exchange-rates.controller.js';
import { StoredRateDay, StoredRateDaySchema } from './rate-day.schema.js';
import { RateDaysRepository } from './rate-days.repository.js';
import { RatesService } from './rates.service.js';

/**
 * Exchange rates by workspace and day, and the conversion of money to a workspace's currency.
 * Start with rates.service.ts; rules/rate-days.ts has the rule of which day's rate applies.
 * `rules/sample-rates.ts` serves workspaces that have loaded no rates.
 */
@Module({
  imports: [WorkspacesModule, MongooseModule.forFeature([{ name: StoredRateDay.name, schema: StoredRateDaySchema }])],
  controllers: [ExchangeRatesController],
  providers: [RateDaysRepository, RatesService],
  exports: [RatesService],
})
export class RatesModule {}
