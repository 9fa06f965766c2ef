import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** That what is personal of a click is to be erased: also of one that is not stored yet. */
@Schema({ collection: 'clickErasures', versionKey: false })
export class ClickErasure {
  /** The click id. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Date, required: true })
  requestedAt: Date;

  /** When to do it again: what was under way when it was asked for may have been stored since. `null`: it is done. */
  @Prop({ type: Date })
  dueAt: Date | null;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const ClickErasureSchema = SchemaFactory.createForClass(ClickErasure);

// Path: click-erasure-queue.repository.ts, every two seconds. Query: { dueAt } until now
ClickErasureSchema.index({ dueAt: 1 });
// A click that did not come in that time does not come any more.
ClickErasureSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
