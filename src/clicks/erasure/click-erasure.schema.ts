import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** A request to erase the personal data of a click, which may not be stored yet. */
@Schema({ collection: 'clickErasures', versionKey: false })
export class ClickErasure {
  /** The click id. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Date, required: true })
  requestedAt: Date;

  /** When to erase again, as data may be stored after the request. `null`: done. */
  @Prop({ type: Date })
  dueAt: Date | null;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const ClickErasureSchema = SchemaFactory.createForClass(ClickErasure);

// Path: click-erasure-queue.repository.ts, every two seconds. Query: { dueAt } until now
ClickErasureSchema.index({ dueAt: 1 });
// MongoDB deletes the document: a click that is not stored by then will not be stored any more.
ClickErasureSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
