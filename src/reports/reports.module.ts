import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { LinkCountersRepository } from './link-counters.repository.js';
import { LinkCounters, LinkCountersSchema } from './link-counters.schema.js';
import { LinkQuartersRepository } from './link-quarters.repository.js';
import { LinkQuarter, LinkQuarterSchema } from './link-quarters.schema.js';

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
export class ReportsModule {}
