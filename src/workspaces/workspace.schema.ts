import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

export type Role = 'owner';

export class Member {
  @Prop({ type: String, required: true })
  userId: string;

  @Prop({ type: String, required: true })
  role: Role;
}

/** The tenant: a team's links, domains, networks and data. */
@Schema({ collection: 'workspaces', versionKey: false })
export class Workspace {
  @Prop({ type: String, required: true })
  _id: WorkspaceId;

  @Prop({ type: String, required: true })
  name: string;

  @Prop({ type: [{ _id: false, userId: String, role: String }], required: true })
  members: Member[];

  @Prop({ type: Date, required: true })
  createdAt: Date;

  /** Set on the one that the first start makes. */
  @Prop({ type: Boolean })
  isFirst?: true;
}

export const WorkspaceSchema = SchemaFactory.createForClass(Workspace);

// Path: workspaces.service.ts, ensureFirst: two instances that start at once on an empty database make one workspace.
WorkspaceSchema.index({ isFirst: 1 }, { unique: true, partialFilterExpression: { isFirst: true } });
