import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** The progress of truncating the addresses in a workspace's clicks. */
@Schema({ collection: 'clickUpkeeps', versionKey: false })
export class ClickRetentionPosition {
  /** Equal to `workspaceId`. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Clicks before this time have no whole address, except clicks that are stored late. */
  @Prop({ type: Date, required: true })
  truncatedUntil: Date;
}

export const ClickRetentionPositionSchema = SchemaFactory.createForClass(ClickRetentionPosition);
