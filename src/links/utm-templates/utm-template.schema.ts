import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Utm } from '../rules/destination/utm.js';

/** A set of campaign parameters under a name. A link copies the values once and keeps no reference. */
@Schema({ collection: 'utmTemplates', versionKey: false })
export class UtmTemplate {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  name: string;

  /** The given parameters; `null` removes one. */
  @Prop({ type: Object, required: true })
  utm: Utm;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const UtmTemplateSchema = SchemaFactory.createForClass(UtmTemplate);

// Path: utm-templates.service.ts, create and update. Names are unique in a workspace.
UtmTemplateSchema.index({ workspaceId: 1, name: 1 }, { unique: true });
// Path: utm-templates.controller.ts, list. Query: { workspaceId } newest first
UtmTemplateSchema.index({ workspaceId: 1, _id: -1 });
