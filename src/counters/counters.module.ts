import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LinkCountersRepository } from './link-counters.repository.js';
import { LinkCounters, LinkCountersSchema } from './link-counters.schema.js';
import { LinkQuartersRepository } from './link-quarters.repository.js';
import { LinkQuarter, LinkQuarterSchema } from './link-quarters.schema.js';

/**
 * Counters of links and of their clicks by quarter of an hour.
 * Start with rules/counter-delta.ts (totals) and rules/click-aggregate.ts (quarter hours and dimensions).
 * The repositories add these to the stored rows; each writer has its own rows ("stripes").
 */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: LinkCounters.name, schema: LinkCountersSchema },
      { name: LinkQuarter.name, schema: LinkQuarterSchema },
    ]),
  ],
  providers: [LinkCountersRepository, LinkQuartersRepository],
  exports: [LinkCountersRepository, LinkQuartersRepository],
})
export class CountersModule {}
