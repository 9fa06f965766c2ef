import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LinkCountersRepository } from './link-counters.repository.js';
import { LinkCounters, LinkCountersSchema } from './link-counters.schema.js';
import { VariantClicksRepository } from './variant-clicks.repository.js';
import { VariantClicks, VariantClicksSchema } from './variant-clicks.schema.js';

/**
 * Counters of links, and of their human clicks by variant.
 * Start with rules/counter-delta.ts (changes of totals) and rules/click-aggregate.ts (the clicks of a batch).
 * The repositories add these to the stored rows; each writer has its own rows ("stripes").
 */
@Module({
  imports: [
    MongooseModule.forFeature([
      { name: LinkCounters.name, schema: LinkCountersSchema },
      { name: VariantClicks.name, schema: VariantClicksSchema },
    ]),
  ],
  providers: [LinkCountersRepository, VariantClicksRepository],
  exports: [LinkCountersRepository, VariantClicksRepository],
})
export class CountersModule {}
