import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** The number of clicks that count against the limit of a link. */
@Schema({ collection: 'clickLimits', versionKey: false })
export class ClickLimit {
  /** The link's id. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Number, required: true })
  used: number;
}

export const ClickLimitSchema = SchemaFactory.createForClass(ClickLimit);
