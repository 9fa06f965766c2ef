import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

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
}

export const ApiKeySchema = SchemaFactory.createForClass(ApiKey);

// Path: api-key.strategy.ts, every API request. Query: { hash }
ApiKeySchema.index({ hash: 1 }, { unique: true });
// Path: api-keys.controller.ts, list. Query: { workspaceId } newest first
ApiKeySchema.index({ workspaceId: 1, _id: -1 });
