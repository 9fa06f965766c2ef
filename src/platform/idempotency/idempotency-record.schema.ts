import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../tenancy/workspace-id.js';

/** A request that carried an Idempotency-Key, and its answer once there is one. */
@Schema({ collection: 'idempotencyRecords', versionKey: false })
export class IdempotencyRecord {
  /** Hash of workspace, route and key. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Hash of the request's URL and body. The same key with another hash is an error. */
  @Prop({ type: String, required: true })
  bodyHash: string;

  /** The answer, sealed with the caller's API key: it may hold a secret that is stored nowhere else. Absent while it runs. */
  @Prop({ type: String })
  answer?: string;

  /** The running request with this key. Absent in records of an earlier release. */
  @Prop({ type: String })
  holder?: string;

  /** When an unfinished request may be repeated. */
  @Prop({ type: Date, required: true })
  runningUntil: Date;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const IdempotencyRecordSchema = SchemaFactory.createForClass(IdempotencyRecord);

// MongoDB deletes expired records.
IdempotencyRecordSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
