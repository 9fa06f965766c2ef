import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { TenantRepository } from '../platform/mongo/tenant.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { chunkId, ImportChunk } from './import-chunk.schema.js';

@Injectable()
export class ImportChunksRepository extends TenantRepository<ImportChunk> {
  constructor(@InjectModel(ImportChunk.name) model: Model<ImportChunk>) {
    super(model);
  }

  /** Deletes the chunks of a job. Their numbers have no gap, so their count need not be known. */
  async deleteAllOf(workspaceId: WorkspaceId, jobId: string): Promise<void> {
    for (let number = 0; await this.deleteById(workspaceId, chunkId(jobId, number)); number++);
  }
}
