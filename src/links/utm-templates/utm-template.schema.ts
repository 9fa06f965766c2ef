import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Utm } from '../rules/destination/utm.js';

/** A set of campaign parameters under a name. Links take their values once and know nothing of it afterwards. */
@Schema({ collection: 'utmTemplates', versionKey: false })
export class UtmTemplate {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  name: string;

  /** Those that it says something about; `null` takes a parameter out. */
  @Prop({ type: Object, required: true })
  utm: Utm;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const UtmTemplateSchema = SchemaFactory.createForClass(UtmTemplate);

// Path: utm-templates.service.ts, create and update. No workspace has two of a name.
UtmTemplateSchema.index({ workspaceId: 1, name: 1 }, { unique: true });
// Path: utm-templates.controller.ts, list. Query: { workspaceId } newest first
UtmTemplateSchema.index({ workspaceId: 1, _id: -1 });
