import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Actor } from '../caller.js';

/** A change and its author. Entries are written once and never changed. */
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

  /** Kind of object and verb, such as `link.updated`. */
  @Prop({ type: String, required: true })
  action: string;

  @Prop({ type: String, required: true })
  objectId: string;

  /** The changed fields before the change. `null` for a new object. */
  @Prop({ type: Object })
  before: Record<string, unknown> | null;

  /** The same fields after the change. `null` for a deleted object. */
  @Prop({ type: Object })
  after: Record<string, unknown> | null;
}

export const AuditEntrySchema = SchemaFactory.createForClass(AuditEntry);

// Path: audit-log.controller.ts, list; retention. Query: { workspaceId, _id in a range } newest first
AuditEntrySchema.index({ workspaceId: 1, _id: -1 });
// The same, filtered by object, by action or by actor
AuditEntrySchema.index({ workspaceId: 1, objectId: 1, _id: -1 });
AuditEntrySchema.index({ workspaceId: 1, action: 1, _id: -1 });
AuditEntrySchema.index({ workspaceId: 1, 'actor.id': 1, _id: -1 });
// Path: person-traces.repository.ts, export and deletion of a person. Query: { actor.id } newest first; keys are left out.
AuditEntrySchema.index({ 'actor.id': 1, _id: -1 }, { partialFilterExpression: { 'actor.kind': 'person' } });
