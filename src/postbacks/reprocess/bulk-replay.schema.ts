import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { PostbackFilter } from '../log/postback-filter.js';

export const BULK_REPLAY_STATES = ['running', 'done', 'cancelled'] as const;
export type BulkReplayState = (typeof BULK_REPLAY_STATES)[number];

/** A job that runs many log entries again, with its position. Any process can continue it. */
@Schema({ collection: 'bulkReplays', versionKey: false, minimize: false })
export class BulkReplay {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Object, required: true })
  filter: PostbackFilter;

  /** A dry run stores no results; it only counts the verdicts. */
  @Prop({ type: Boolean, required: true })
  dryRun: boolean;

  @Prop({ type: String, required: true })
  state: BulkReplayState;

  /** Number of entries to run. */
  @Prop({ type: Number, required: true })
  total: number;

  @Prop({ type: Number, required: true })
  done: number;

  /** Verdict → number of entries with it in this run. `skipped`: entries that cannot be run again. */
  @Prop({ type: Object, required: true })
  counts: Record<string, number>;

  /** The id of the last entry that was run, oldest first; empty at the start. */
  @Prop({ type: String })
  position: string;

  /** Entries with a higher id, which are newer than this bulk replay, are left out. */
  @Prop({ type: String, required: true })
  upTo: string;

  /** The process that works on it, and until when no other process may. */
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

export const BulkReplaySchema = SchemaFactory.createForClass(BulkReplay);

// Path: bulk-replay-queue.repository.ts, claimNext. Query: { state, leaseUntil } oldest first
BulkReplaySchema.index({ leaseUntil: 1 }, { partialFilterExpression: { state: 'running' } });
// MongoDB deletes expired bulk replays.
BulkReplaySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
