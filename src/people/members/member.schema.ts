import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { LinkLimits } from '../../workspaces/caller.js';
import type { Role } from '../rules/roles.js';

/** A person's membership of a workspace. */
@Schema({ collection: 'members', versionKey: false })
export class Member {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  userId: string;

  @Prop({ type: String, required: true })
  role: Role;

  /** Amounts of money are hidden from this analyst. */
  @Prop({ type: Boolean, required: true })
  hidesMoney: boolean;

  /** The links that this member may work with. `null`: all. */
  @Prop({ type: { _id: false, tags: [String], campaigns: [String] } })
  linkLimits: LinkLimits | null;

  @Prop({ type: Date, required: true })
  createdAt: Date;
}

export const MemberSchema = SchemaFactory.createForClass(Member);

// Path: access.guard.ts, every request of a person. Query: { workspaceId, userId }
MemberSchema.index({ workspaceId: 1, userId: 1 }, { unique: true });
// Path: members.controller.ts, list. Query: { workspaceId } newest first
MemberSchema.index({ workspaceId: 1, _id: -1 });
// Path: me.controller.ts, the workspaces of a person. Query: { userId }
MemberSchema.index({ userId: 1 });
