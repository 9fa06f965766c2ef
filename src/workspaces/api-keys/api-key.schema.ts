import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** An API key. The key itself is not stored: its hash finds it. */
@Schema({ collection: 'apiKeys', versionKey: false })
export class ApiKey {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  name: string;

  /** SHA-256 as hex. Enough for a random secret; a slow hash is for passwords. */
  @Prop({ type: String, required: true })
  hash: string;

  /** The key's last four characters, so that people can tell their keys apart. */
  @Prop({ type: String, required: true })
  last4: string;

  @Prop({ type: [String], required: true })
  scopes: string[];

  @Prop({ type: Date, required: true })
  createdAt: Date;

  /** When it ends by itself. Absent, or null: never. */
  @Prop({ type: Date })
  expiresAt?: Date | null;

  /** To the minute or so. */
  @Prop({ type: Date })
  lastUsedAt?: Date;

  /** The secret that it had before it was rotated, while that is still valid. */
  @Prop({ type: String })
  oldHash?: string;

  @Prop({ type: String })
  oldLast4?: string;

  @Prop({ type: Date })
  oldValidUntil?: Date;

  /** Its workspace is being deleted. */
  @Prop({ type: Boolean })
  isClosing?: true;
}

export const ApiKeySchema = SchemaFactory.createForClass(ApiKey);

// Path: api-key.strategy.ts, every API request. Query: { hash }
ApiKeySchema.index({ hash: 1 }, { unique: true });
// The same. Query: { oldHash }; sparse, as most keys have none.
ApiKeySchema.index({ oldHash: 1 }, { unique: true, sparse: true });
// Path: api-keys.controller.ts, list. Query: { workspaceId } newest first
ApiKeySchema.index({ workspaceId: 1, _id: -1 });
