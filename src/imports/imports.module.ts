import { Module } from '@nestjs/common';
import { MongooseModule } from '@nestjs/mongoose';
import { WorkspacesModule } from '../workspaces/workspaces.module.js';
import { ImportChunk, ImportChunkSchema } from './import-chunk.schema.js';
import { ImportChunksRepository } from './import-chunks.repository.js';
import { ImportJobQueue } from './import-job-queue.repository.js';
import { ImportJob, ImportJobSchema } from './import-job.schema.js';
import { ImportJobsRepository } from './import-jobs.repository.js';
import { ImportJobs } from './import-jobs.service.js';
import { ImportAuthors } from './import-authors.repository.js';
import { ImportProgress } from './import-progress.service.js';
import { ImportReceiver } from './import-receiver.service.js';
import { ImportRunner } from './import-runner.service.js';

/**
 * Import jobs: files that are applied in chunks, with a verdict for each row (ADR 0025).
 * Start at import-receiver.service.ts (upload), import-runner.service.ts (work) and imports.ports.ts (what each kind of import
 * does with its rows; conversions/import/ and links/transfer/ provide the kinds).
 */
@Module({
  imports: [
    WorkspacesModule,
    MongooseModule.forFeature([
      { name: ImportJob.name, schema: ImportJobSchema },
      { name: ImportChunk.name, schema: ImportChunkSchema },
    ]),
  ],
  providers: [
    ImportJobsRepository,
    ImportChunksRepository,
    ImportJobQueue,
    ImportProgress,
    ImportAuthors,
    ImportRunner,
    ImportReceiver,
    ImportJobs,
  ],
  exports: [ImportJobsRepository, ImportChunksRepository, ImportReceiver, ImportJobs],
})
export class ImportsModule {}
