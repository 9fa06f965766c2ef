import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { RowResult, RowVerdict } from './row-result.js';

/** A record of the file as it came. */
export interface StoredRow {
  line: number;
  fields: string[];
}

/** Some hundred rows of a file, which are applied together, and what became of them. */
@Schema({ collection: 'conversionImportChunks', versionKey: false })
export class ImportChunk {
  /** `<import id>:<number from 0>` */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** The number of its first row, from 1. */
  @Prop({ type: Number, required: true })
  firstRow: number;

  /** Empty once they are applied. */
  @Prop({ type: [Object], required: true })
  rows: StoredRow[];

  @Prop({ type: [Object], required: true })
  results: RowResult[];

  /** Which ones there are among the results. */
  @Prop({ type: [String], required: true })
  verdicts: RowVerdict[];

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const ImportChunkSchema = SchemaFactory.createForClass(ImportChunk);

// MongoDB deletes it when its time has come.
ImportChunkSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

export function chunkId(importId: string, number: number): string {
  return `${importId}:${number}`;
}
