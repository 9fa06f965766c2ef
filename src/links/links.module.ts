import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DomainsModule } from '../domains/domains.module.js';
import { NetworksModule } from '../networks/networks.module.js';
import { ReportsModule } from '../reports/reports.module.js';
import { LinkCache } from './link-cache.service.js';
import { LinkReadModel } from './link.read-model.js';
import { Link, LinkSchema } from './link.schema.js';
import { LinksController } from './links.controller.js';
import { LinksRepository } from './links.repository.js';
import { LinksService } from './links.service.js';

@Module({
  imports: [
    DomainsModule,
    NetworksModule,
    ReportsModule,
    MongooseModule.forFeature([{ name: Link.name, schema: LinkSchema }]),
  ],
  controllers: [LinksController],
  providers: [LinksRepository, LinkReadModel, LinkCache, LinksService],
  exports: [LinkCache, LinkReadModel],
})
export class LinksModule {}
