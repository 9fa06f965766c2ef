import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** How a person has proved who they are. `owner` and `invitation`: by the link that made the account. */
export const SIGN_IN_METHODS = ['password', 'passkey', 'totp', 'oidc', 'owner', 'invitation'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** A signed-in browser. */
@Schema({ collection: 'sessions', versionKey: false })
export class Session {
  /** `ses_…`, for the list of sessions. It does not sign in. */
  @Prop({ type: String, required: true })
  _id: string;

  /** SHA-256 of the cookie's value, as hex. Enough for a random token. */
  @Prop({ type: String, required: true })
  tokenHash: string;

  @Prop({ type: String, required: true })
  userId: string;

  /** The workspace that the person works in. Not named `workspaceId`, because a session outlives a workspace. */
  @Prop({ type: String })
  currentWorkspaceId: WorkspaceId | null;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  /** When the person last proved who they are. Dangerous acts need a recent proof. */
  @Prop({ type: Date, required: true })
  authenticatedAt: Date;

  @Prop({ type: String, required: true })
  method: SignInMethod;

  /** Accurate to about a minute. */
  @Prop({ type: Date, required: true })
  lastSeenAt: Date;

  @Prop({ type: Date, required: true })
  expiresAt: Date;

  /** Address, browser and place at the sign-in, for the list of sessions. */
  @Prop({ type: String, required: true })
  ip: string;

  @Prop({ type: String, required: true })
  device: string;

  @Prop({ type: String })
  place: string | null;
}

export const SessionSchema = SchemaFactory.createForClass(Session);

// Path: access.guard.ts, every request with a cookie. Query: { tokenHash }
SessionSchema.index({ tokenHash: 1 }, { unique: true });
// Path: my-sessions.controller.ts, list and end. Query: { userId } newest first
SessionSchema.index({ userId: 1, _id: -1 });
// MongoDB deletes expired sessions; until then they are refused.
SessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
