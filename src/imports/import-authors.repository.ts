import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { Ports } from '../platform/ports/ports.service.js';
import { DELETED_PERSON, ERASED_IP } from '../workspaces/audit/person-traces.repository.js';
import { PERSON_ERASURE_STEPS } from '../workspaces/workspaces.ports.js';
import { ImportJob } from './import-job.schema.js';

/** The authors of import jobs. It crosses workspaces on purpose: a person may have worked in several. */
@Injectable()
export class ImportAuthors {
  constructor(
    @InjectModel(ImportJob.name) private readonly model: Model<ImportJob>,
    ports: Ports,
  ) {
    ports.add(PERSON_ERASURE_STEPS, 'import jobs', (userId) => this.anonymise(userId));
  }

  /** The author is a field of one kind of import, so the schema does not know it. Without an index: there are few jobs. */
  private async anonymise(userId: string): Promise<void> {
    const change = { 'author.actor.name': DELETED_PERSON, 'author.ip': ERASED_IP };
    await this.model.collection.updateMany({ 'author.actor.id': userId }, { $set: change });
  }
}
