import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ImportRowResult } from './import-row-result.js';

/** A row as its kind stores it until it is applied. */
export interface StoredRow {
  line: number;
}

/** Some hundred rows of a file, which are applied together, and their results. */
@Schema({ collection: 'conversionImportChunks', versionKey: false })
export class ImportChunk {
  /** `<job id>:<number from 0>` */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Number of its first row, from 1. */
  @Prop({ type: Number, required: true })
  firstRow: number;

  /** Empty once they are applied. */
  @Prop({ type: [Object], required: true })
  rows: StoredRow[];

  @Prop({ type: [Object], required: true })
  results: ImportRowResult[];

  /** The verdicts that occur among the results. */
  @Prop({ type: [String], required: true })
  verdicts: string[];

  /** Facts that later chunks need, for a process that continues the job. */
  @Prop({ type: Object })
  memory?: object;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const ImportChunkSchema = SchemaFactory.createForClass(ImportChunk);

// MongoDB deletes it when it expires.
ImportChunkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function chunkId(jobId: string, number: number): string {
  return `${jobId}:${number}`;
}
