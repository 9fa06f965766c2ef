import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** That a workspace is to be deleted, how far that has come, and, for a while, that it was. */
@Schema({ collection: 'workspaceDeletions', versionKey: false, minimize: false })
export class WorkspaceDeletion {
  /** The workspace. */
  @Prop({ type: String, required: true })
  _id: WorkspaceId;

  @Prop({ type: Date, required: true })
  requestedAt: Date;

  /** How many documents are gone, by collection. */
  @Prop({ type: Object, required: true })
  deleted: Record<string, number>;

  @Prop({ type: Date })
  finishedAt: Date | null;

  /** When there is something to do next: what was under way when it was deleted may have been stored since. `null`: nothing more. */
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
// That it was deleted is known for 30 days.
WorkspaceDeletionSchema.index({ finishedAt: 1 }, { expireAfterSeconds: 30 * 86_400 });
