import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';

/** A WebAuthn credential of a person. The fields are those of @simplewebauthn/server. */
export class Passkey {
  /** The credential id, base64url. */
  @Prop({ type: String, required: true })
  _id: string;

  /** COSE key, base64url. */
  @Prop({ type: String, required: true })
  publicKey: string;

  /** The authenticator's signature counter. 0 for authenticators without one. */
  @Prop({ type: Number, required: true })
  counter: number;

  @Prop({ type: [String], required: true })
  transports: string[];

  /** Whether the authenticator synchronizes it between devices. */
  @Prop({ type: Boolean, required: true })
  isBackedUp: boolean;

  @Prop({ type: String, required: true })
  name: string;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date })
  lastUsedAt?: Date;
}

/** An account at an OpenID provider. Subjects are unique within an issuer: OpenID Connect Core 1.0, section 2. */
export class OidcIdentity {
  @Prop({ type: String, required: true })
  issuer: string;

  @Prop({ type: String, required: true })
  subject: string;
}

/** An authenticator app. */
export class Totp {
  /** Sealed by the server's key. */
  @Prop({ type: String, required: true })
  secret: string;

  @Prop({ type: Date, required: true })
  confirmedAt: Date;

  /** The time step of the last accepted code: it and earlier ones are refused. RFC 6238, section 5.2. */
  @Prop({ type: Number, required: true })
  lastStep: number;
}

const PASSKEY = {
  publicKey: String,
  counter: Number,
  transports: [String],
  isBackedUp: Boolean,
  name: String,
  createdAt: Date,
  lastUsedAt: Date,
  _id: String,
};

/** A person, who may belong to several workspaces. */
@Schema({ collection: 'users', versionKey: false })
export class User {
  @Prop({ type: String, required: true })
  _id: string;

  /** As the person wrote it. */
  @Prop({ type: String, required: true })
  email: string;

  /** The normalized address; see rules/email-address.ts. */
  @Prop({ type: String, required: true })
  emailKey: string;

  @Prop({ type: String, required: true })
  name: string;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  /** argon2id in PHC format. Absent for people who sign in otherwise. */
  @Prop({ type: String })
  passwordHash?: string;

  @Prop({ type: { _id: false, secret: String, confirmedAt: Date, lastStep: Number } })
  totp?: Totp;

  /** A new secret until its first code is confirmed; sealed. */
  @Prop({ type: String })
  unconfirmedTotp?: string;

  /** Hashes of the recovery codes that are left. */
  @Prop({ type: [String], default: undefined })
  recoveryCodes?: string[];

  @Prop({ type: [PASSKEY], default: undefined })
  passkeys?: Passkey[];

  @Prop({ type: [{ _id: false, issuer: String, subject: String }], default: undefined })
  identities?: OidcIdentity[];
}

export const UserSchema = SchemaFactory.createForClass(User);

// Path: every sign-in. Query: { emailKey }
UserSchema.index({ emailKey: 1 }, { unique: true });
// Path: sign-in by passkey. Query: { 'passkeys._id' }; most people have none at first.
UserSchema.index(
  { 'passkeys._id': 1 },
  { unique: true, partialFilterExpression: { 'passkeys._id': { $exists: true } } },
);
// Path: sign-in by OpenID Connect. Query: { identities: { $elemMatch: { issuer, subject } } }
UserSchema.index(
  { 'identities.issuer': 1, 'identities.subject': 1 },
  { unique: true, partialFilterExpression: { 'identities.subject': { $exists: true } } },
);
