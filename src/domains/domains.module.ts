import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { DomainReadModel } from './domain.read-model.js';
import { Domain, DomainSchema } from './domain.schema.js';
import { DomainsController } from './domains.controller.js';
import { DomainsRepository } from './domains.repository.js';
import { DomainsService } from './domains.service.js';
import { TlsAllowController } from './tls-allow.controller.js';

@Module({
  imports: [MongooseModule.forFeature([{ name: Domain.name, schema: DomainSchema }])],
  controllers: [DomainsController, TlsAllowController],
  providers: [DomainsRepository, DomainReadModel, DomainsService],
  exports: [DomainsService],
})
export class DomainsModule {}
