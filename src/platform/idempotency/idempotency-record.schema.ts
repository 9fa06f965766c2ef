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

  /** Hash of the request's URL and body: others under the same key are a mistake. */
  @Prop({ type: String, required: true })
  bodyHash: string;

  /** The answer, sealed with the caller's API key: it may hold a secret that is stored nowhere else. Absent while it runs. */
  @Prop({ type: String })
  answer?: string;

  /** The request that runs under the key. Absent: of an earlier release. */
  @Prop({ type: String })
  holder?: string;

  /** When a request that never came to its end may be tried again. */
  @Prop({ type: Date, required: true })
  runningUntil: Date;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const IdempotencyRecordSchema = SchemaFactory.createForClass(IdempotencyRecord);

// MongoDB deletes the record when its time has come.
IdempotencyRecordSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
