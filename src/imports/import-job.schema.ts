import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Notice } from '../platform/vocabulary/notice.js';
import { replacedIndexes } from '../platform/mongo/replaced-indexes.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ImportRowResult } from './import-row-result.js';

export const IMPORT_KINDS = ['conversions', 'links'] as const;
export type ImportKindName = (typeof IMPORT_KINDS)[number];

export const IMPORT_STATUSES = ['receiving', 'running', 'done', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/**
 * A file, and how far its rows are applied. Any process can continue it. Each kind keeps fields of its own beside these, at
 * the top level, where earlier versions have stored them: so the schema is not strict.
 */
@Schema({ collection: 'conversionImports', versionKey: false, minimize: false, strict: false })
export class ImportJob {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Absent: conversions, as in all imports of earlier versions. */
  @Prop({ type: String })
  kind?: Exclude<ImportKindName, 'conversions'> | null;

  @Prop({ type: String, required: true })
  status: ImportStatus;

  @Prop({ type: Boolean, required: true })
  dryRun: boolean;

  @Prop({ type: [String], required: true })
  ignoredColumns: string[];

  /** Lines of the file that were skipped. Absent in imports of earlier versions. */
  @Prop({ type: [Object] })
  notices?: Notice[];

  /** Hash of the file's bytes, for kinds that must know the same file again. */
  @Prop({ type: String })
  fileHash?: string | null;

  /** Time of rows without one: the first arrival of the file. */
  @Prop({ type: Date, required: true })
  at: Date;

  @Prop({ type: Number, required: true })
  rows: number;

  @Prop({ type: Number, required: true })
  done: number;

  /** Number of rows by verdict. */
  @Prop({ type: Object, required: true })
  counts: Record<string, number>;

  /** The first rows that were refused. */
  @Prop({ type: [Object], required: true })
  problems: ImportRowResult[];

  /** Why it failed, as a sentence. */
  @Prop({ type: String })
  error: string | null;

  /** Number of chunks, and the number of the next one. */
  @Prop({ type: Number, required: true })
  chunks: number;

  @Prop({ type: Number, required: true })
  nextChunk: number;

  /** Set while it is worked on; one job of each kind at a time for each workspace. */
  @Prop({ type: Boolean })
  active?: true;

  /** The process that works on it. While the file is received, `leaseUntil` is when the upload must have ended. */
  @Prop({ type: String })
  holder: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const ImportJobSchema = SchemaFactory.createForClass(ImportJob);

// Path: import-job-queue.repository.ts, claimNext. One active job of a kind in each workspace: this index enforces it.
ImportJobSchema.index({ workspaceId: 1, kind: 1 }, { unique: true, partialFilterExpression: { active: true } });
// Path: import-job-queue.repository.ts, jobs to work on and broken uploads. Query: { status, leaseUntil }
ImportJobSchema.index({ status: 1, leaseUntil: 1 });
// Path: conversion-imports.service.ts, the same file before. Query: { workspaceId, fileHash }
ImportJobSchema.index({ workspaceId: 1, fileHash: 1 });
// Path: import-jobs.service.ts, page. Query: { workspaceId } newest first
ImportJobSchema.index({ workspaceId: 1, _id: -1 });
// MongoDB deletes it when it expires.
ImportJobSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
// It would allow one active job of all kinds in each workspace.
replacedIndexes(ImportJobSchema, 'workspaceId_1');

/** Matches the jobs of a kind. `null` matches an absent field. */
export function ofKind(name: ImportKindName): { kind: ImportJob['kind'] } {
  return { kind: name === 'conversions' ? null : name };
}

export function kindNameOf({ kind }: Pick<ImportJob, 'kind'>): ImportKindName {
  return kind ?? 'conversions';
}
