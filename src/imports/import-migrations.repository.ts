import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { ImportJob } from './import-job.schema.js';

/** Brings the import jobs of earlier versions up to date, at each start. */
@Injectable()
export class ImportMigrations implements OnModuleInit {
  constructor(@InjectModel(ImportJob.name) private readonly model: Model<ImportJob>) {}

  async onModuleInit(): Promise<void> {
    await this.dropOldIndex();
  }

  /** The unique index of earlier versions would allow one active job of all kinds per workspace. */
  private async dropOldIndex(): Promise<void> {
    await this.model.collection.dropIndex('workspaceId_1').catch(() => undefined); // usually absent
  }
}
