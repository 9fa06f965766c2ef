import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** An API key. Only the hash of its secret is stored. */
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

  /** The last four characters of the secret, so that people can distinguish their keys. */
  @Prop({ type: String, required: true })
  last4: string;

  /** Never more than those of its owner work, if it has one. */
  @Prop({ type: [String], required: true })
  scopes: string[];

  /** The person that owns the key. Absent for a key of the workspace. */
  @Prop({ type: String })
  userId?: string;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  /** When the key expires. Absent or null: never. */
  @Prop({ type: Date })
  expiresAt?: Date | null;

  /** Accurate to about a minute. */
  @Prop({ type: Date })
  lastUsedAt?: Date;

  /** Hash of the secret before the rotation, while it is still valid. */
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
