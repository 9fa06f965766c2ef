import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Notice } from '../../platform/vocabulary/notice.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { FileConventions } from '../../networks/rules/reading/read-event.js';
import type { MappingAdditions, NetworkDialect } from '../../networks/rules/reading/reading.js';
import type { RepeatPolicy } from '../../networks/network.schema.js';
import type { TransactionScope } from '../../networks/rules/network-words.js';
import type { ConversionImportWarning, RowResult, RowVerdict } from './row-result.js';

export const IMPORT_STATUSES = ['receiving', 'running', 'done', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

/** A file of conversions and the progress of its import. Any process can resume it. */
@Schema({ collection: 'conversionImports', versionKey: false, minimize: false })
export class ConversionImport {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  status: ImportStatus;

  @Prop({ type: Boolean, required: true })
  dryRun: boolean;

  @Prop({ type: String })
  networkId: string | null;

  /** How its network's words are read, as it was when the file came. */
  @Prop({ type: Object, required: true })
  dialect: NetworkDialect;

  /** The names of its columns. */
  @Prop({ type: [String], required: true })
  header: string[];

  /** The conventions for amounts and dates that its unambiguous rows show. */
  @Prop({ type: Object, required: true })
  conventions: FileConventions;

  /** How far its network's transaction ids are unique, and what it says about repeats without one. */
  @Prop({ type: String, required: true })
  transactions: TransactionScope;

  @Prop({ type: Object, required: true })
  repeats: Record<string, RepeatPolicy>;

  @Prop({ type: [String], required: true })
  ignoredColumns: string[];

  /** How many columns the file names; rows have no more cells. Imports of before do not know. */
  @Prop({ type: Number })
  columns?: number;

  /** The ignored parts of the file. Imports of earlier versions lack it. */
  @Prop({ type: [Object] })
  notices?: Notice[];

  /** Of the bytes: the same file again is the same word. */
  @Prop({ type: String })
  fileHash: string | null;

  /** The time of rows that name none: when this file, or the same one before, came. */
  @Prop({ type: Date, required: true })
  at: Date;

  @Prop({ type: Number, required: true })
  rows: number;

  @Prop({ type: Number, required: true })
  done: number;

  @Prop({ type: Object, required: true })
  counts: Record<RowVerdict, number>;

  /** Values of accepted rows that were dropped, guessed or left open, by kind. */
  @Prop({ type: [Object], required: true })
  warnings: ConversionImportWarning[];

  /** Additions to the network's mapping by which more of the file could be read. */
  @Prop({ type: Object, required: true })
  additions: MappingAdditions;

  /** The first rows that were rejected. */
  @Prop({ type: [Object], required: true })
  problems: RowResult[];

  /** Why it failed, for a person. */
  @Prop({ type: String })
  error: string | null;

  /** How many chunks there are, and which is next. */
  @Prop({ type: Number, required: true })
  chunks: number;

  @Prop({ type: Number, required: true })
  nextChunk: number;

  /** Set while it is this workspace's turn; there is one at a time. */
  @Prop({ type: Boolean })
  active?: true;

  /** The process that works on it. While it is received, `leaseUntil` is when the upload must have ended. */
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

export const ConversionImportSchema = SchemaFactory.createForClass(ConversionImport);

// Path: conversion-import-queue.repository.ts, claimNext. One active import a workspace: this index is what holds that.
ConversionImportSchema.index({ workspaceId: 1 }, { unique: true, partialFilterExpression: { active: true } });
// Path: conversion-import-queue.repository.ts, what is to be worked on or was broken off. Query: { status, leaseUntil }
ConversionImportSchema.index({ status: 1, leaseUntil: 1 });
// Path: import-receiver.service.ts, the same file before. Query: { workspaceId, fileHash }
ConversionImportSchema.index({ workspaceId: 1, fileHash: 1 });
// Path: imports.service.ts, list. Query: { workspaceId } newest first
ConversionImportSchema.index({ workspaceId: 1, _id: -1 });
// MongoDB deletes it when its time has come.
ConversionImportSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
