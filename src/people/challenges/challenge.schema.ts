import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A step that a person has to complete: with a code, a signature, or a link from a mail. */
export const CHALLENGE_PURPOSES = [
  'totp',
  'passkey-sign-in',
  'passkey-registration',
  'oidc',
  'password-reset',
  'email-change',
] as const;
export type ChallengePurpose = (typeof CHALLENGE_PURPOSES)[number];

/** A challenge can be completed once, within its time. */
@Schema({ collection: 'challenges', versionKey: false })
export class Challenge {
  /** SHA-256 of the token, as hex. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  purpose: ChallengePurpose;

  /** The person, where it is known. */
  @Prop({ type: String })
  userId: string | null;

  /** Values for checking the answer. */
  @Prop({ type: Object, required: true })
  data: Record<string, string>;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const ChallengeSchema = SchemaFactory.createForClass(Challenge);

// Path: password and e-mail changes, which end all earlier challenges of the person. Query: { userId, purpose }
ChallengeSchema.index({ userId: 1, purpose: 1 });
// MongoDB deletes expired challenges; until then they are refused.
ChallengeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
