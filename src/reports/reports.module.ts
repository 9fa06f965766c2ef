import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LinkCountersRepository } from './link-counters.repository.js';
import { LinkCounters, LinkCountersSchema } from './link-counters.schema.js';
import { LinkQuarter, LinkQuarterSchema } from './link-quarters.schema.js';

@Module({
  imports: [
    MongooseModule.forFeature([
      { name: LinkCounters.name, schema: LinkCountersSchema },
      { name: LinkQuarter.name, schema: LinkQuarterSchema },
    ]),
  ],
  providers: [LinkCountersRepository],
  exports: [LinkCountersRepository],
})
export class ReportsModule {}
