import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Domain } from './domain.schema.js';

/** Brings the domains of earlier versions up to date, at each start. */
@Injectable()
export class DomainMigrations implements OnModuleInit {
  constructor(@InjectModel(Domain.name) private readonly model: Model<Domain>) {}

  async onModuleInit(): Promise<void> {
    await this.dropOldIndex();
  }

  /** The unique index of earlier versions would refuse a second claim of a hostname. */
  private async dropOldIndex(): Promise<void> {
    await this.model.collection.dropIndex('hostname_1').catch(() => undefined); // usually absent
  }
}
