import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Actor } from '../caller.js';

/** Who changed what. Written once, never changed. */
@Schema({ collection: 'auditEntries', versionKey: false, minimize: false })
export class AuditEntry {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Date, required: true })
  at: Date;

  @Prop({ type: Object, required: true })
  actor: Actor;

  @Prop({ type: String, required: true })
  ip: string;

  @Prop({ type: String, required: true })
  requestId: string;

  /** What kind of thing, and what was done to it: `link.updated`. */
  @Prop({ type: String, required: true })
  action: string;

  @Prop({ type: String, required: true })
  objectId: string;

  /** The fields that differ, as they were; `null` for what is new. */
  @Prop({ type: Object })
  before: Record<string, unknown> | null;

  /** The same fields as they are then; `null` for what is gone. */
  @Prop({ type: Object })
  after: Record<string, unknown> | null;
}

export const AuditEntrySchema = SchemaFactory.createForClass(AuditEntry);

// Path: audit-log.controller.ts, list; retention. Query: { workspaceId, _id in a range } newest first
AuditEntrySchema.index({ workspaceId: 1, _id: -1 });
// The same, of one thing, of one kind of change, of one actor
AuditEntrySchema.index({ workspaceId: 1, objectId: 1, _id: -1 });
AuditEntrySchema.index({ workspaceId: 1, action: 1, _id: -1 });
AuditEntrySchema.index({ workspaceId: 1, 'actor.id': 1, _id: -1 });
