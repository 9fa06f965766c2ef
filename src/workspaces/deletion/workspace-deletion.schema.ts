import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** The deletion of a workspace and its progress. It is kept for a while afterwards. */
@Schema({ collection: 'workspaceDeletions', versionKey: false, minimize: false })
export class WorkspaceDeletion {
  /** The id of the workspace. */
  @Prop({ type: String, required: true })
  _id: WorkspaceId;

  @Prop({ type: Date, required: true })
  requestedAt: Date;

  /** Number of deleted documents, by collection. */
  @Prop({ type: Object, required: true })
  deleted: Record<string, number>;

  @Prop({ type: Date })
  finishedAt: Date | null;

  /** When to delete again, as data may be stored after the deletion. `null`: done. */
  @Prop({ type: Date })
  dueAt: Date | null;

  @Prop({ type: String })
  holder: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;
}

export const WorkspaceDeletionSchema = SchemaFactory.createForClass(WorkspaceDeletion);

// Path: workspace-deletions.repository.ts, claimNext, every second. Query: { dueAt } until now
WorkspaceDeletionSchema.index({ dueAt: 1 });
// MongoDB deletes the document 30 days after the end.
WorkspaceDeletionSchema.index({ finishedAt: 1 }, { expireAfterSeconds: 30 * 86_400 });
