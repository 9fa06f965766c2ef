import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Actor, LinkLimits } from '../../workspaces/caller.js';
import type { Role } from '../rules/roles.js';

/** An invitation to a workspace that was not accepted yet. */
@Schema({ collection: 'invitations', versionKey: false })
export class Invitation {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  email: string;

  /** The normalized address. Only a person with this address can accept. */
  @Prop({ type: String, required: true })
  emailKey: string;

  @Prop({ type: String, required: true })
  role: Role;

  @Prop({ type: Boolean, required: true })
  hidesMoney: boolean;

  @Prop({ type: { _id: false, tags: [String], campaigns: [String] } })
  linkLimits: LinkLimits | null;

  /** SHA-256 of the token in the link, as hex. */
  @Prop({ type: String, required: true })
  tokenHash: string;

  @Prop({ type: Object, required: true })
  invitedBy: Actor;

  /** The person who invited, also by their API key. The invitation ends with their right to give the role. */
  @Prop({ type: String })
  inviterId: string | null;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  sentAt: Date;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const InvitationSchema = SchemaFactory.createForClass(Invitation);

// Path: invitation-acceptance.service.ts. Query: { tokenHash }
InvitationSchema.index({ tokenHash: 1 }, { unique: true });
// Path: invitations.controller.ts, create. One invitation for each address in a workspace.
InvitationSchema.index({ workspaceId: 1, emailKey: 1 }, { unique: true });
// Path: invitations.controller.ts, list. Query: { workspaceId } newest first
InvitationSchema.index({ workspaceId: 1, _id: -1 });
// Path: oidc-accounts.service.ts, the first sign-in with the OpenID provider. Query: { emailKey }
InvitationSchema.index({ emailKey: 1 });
