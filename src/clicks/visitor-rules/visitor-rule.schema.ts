import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { VisitorKind, VisitorMatch } from '../rules/visitor-rules/visitor-match.js';

/** A workspace's rule about which visits are people's and which are bots'. It applies to clicks after its creation. */
@Schema({ collection: 'visitorRules', versionKey: false })
export class VisitorRule {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String })
  name: string | null;

  @Prop({ type: Object, required: true })
  match: VisitorMatch;

  @Prop({ type: String, required: true })
  as: VisitorKind;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const VisitorRuleSchema = SchemaFactory.createForClass(VisitorRule);

// Path: visitor-rules.controller.ts, list, newest first; visitor-rules.read-model.ts and visitor-rule-cache.service.ts, all.
// Query: { workspaceId }
VisitorRuleSchema.index({ workspaceId: 1, _id: -1 });
