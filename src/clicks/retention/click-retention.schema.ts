import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** How far a workspace's clicks have been looked through for addresses that are to be truncated. */
@Schema({ collection: 'clickUpkeeps', versionKey: false })
export class ClickRetentionPosition {
  /** The workspace's id as well. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Of clicks before this time none has a whole address, but for those that come late. */
  @Prop({ type: Date, required: true })
  truncatedUntil: Date;
}

export const ClickRetentionPositionSchema = SchemaFactory.createForClass(ClickRetentionPosition);
