import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ReadParameter } from '../networks/rules/reading/reading.js';
import type { SignedMessage } from './security/signature.js';

export const VERDICTS = ['accepted', 'duplicate', 'updated', 'ignored', 'test', 'rejected'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What became of a request when it was run again. */
export interface Attempt {
  at: Date;
  verdict: Verdict;
  reason: string | null;
  conversionId: string | null;
}

export const POSTBACK_ORIGINS = ['postback', 'pixel'] as const;
export type PostbackOrigin = (typeof POSTBACK_ORIGINS)[number];

/** The log entry of one request from a network: what came, and what became of it. Secrets are masked. */
@Schema({ collection: 'postbacks', versionKey: false, minimize: false })
export class Postback {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  networkId: string;

  @Prop({ type: Date, required: true })
  receivedAt: Date;

  /** Whether the network sent it or a page did. */
  @Prop({ type: String, required: true })
  origin: PostbackOrigin;

  @Prop({ type: String, required: true })
  method: string;

  @Prop({ type: String, required: true })
  path: string;

  @Prop({ type: String })
  query: string;

  @Prop({ type: String })
  body: string;

  /** Pairs, as header names may hold what a field name may not. */
  @Prop({ type: [{ _id: false, name: String, value: String }] })
  headers: { name: string; value: string }[];

  @Prop({ type: String })
  ip: string;

  @Prop({ type: String, required: true })
  verdict: Verdict;

  @Prop({ type: String })
  reason: string | null;

  @Prop({ type: String })
  hint: string | null;

  @Prop({ type: String })
  clickId: string | null;

  @Prop({ type: String })
  linkId: string | null;

  @Prop({ type: String })
  conversionId: string | null;

  /** How each parameter was understood, in the order in which they were sent. */
  @Prop({ type: [Object], required: true })
  parameters: ReadParameter[];

  /** Until when it is tried again, should what it lacks appear: a mapping, a link, a transaction. Absent: never. */
  @Prop({ type: Date })
  waitsUntil?: Date;

  /** The transaction that a chargeback takes back, or will. */
  @Prop({ type: String })
  waitsForTxid?: string;

  /** The network's character set when it was read, where something was decoded by it. */
  @Prop({ type: String })
  charset?: string;

  /** Its body was longer, packed or broken: the log does not have all of it. */
  @Prop({ type: Boolean })
  isIncomplete?: boolean;

  /** Of a signed request, which message it is: run again, it is the same. Absent: it was not signed, or came to an earlier release. */
  @Prop({ type: Object })
  signed?: SignedMessage;

  /** The latest runs of a replay, oldest first. */
  @Prop({ type: [Object], required: true })
  attempts: Attempt[];

  /** When what was sent was erased, with its click. */
  @Prop({ type: Date })
  erasedAt?: Date;

  /** When it is deleted, by the workspace's retention. */
  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const PostbackSchema = SchemaFactory.createForClass(Postback);

// Path: postbacks.controller.ts, list. Query: { workspaceId, … } newest first
PostbackSchema.index({ workspaceId: 1, _id: -1 });
PostbackSchema.index({ workspaceId: 1, networkId: 1, _id: -1 });
PostbackSchema.index({ workspaceId: 1, clickId: 1, _id: -1 });
PostbackSchema.index({ workspaceId: 1, verdict: 1, reason: 1, _id: -1 });
PostbackSchema.index(
  { workspaceId: 1, conversionId: 1, _id: -1 },
  { partialFilterExpression: { conversionId: { $type: 'string' } } },
);
// Path: rematching, what waits in a network, oldest first; what waits for a transaction
PostbackSchema.index(
  { workspaceId: 1, networkId: 1, waitsUntil: 1 },
  { partialFilterExpression: { waitsUntil: { $exists: true } } },
);
PostbackSchema.index(
  { workspaceId: 1, networkId: 1, waitsForTxid: 1 },
  { partialFilterExpression: { waitsForTxid: { $exists: true } } },
);
// Path: waiting.read-model.ts, over all workspaces: what waits for one reason; chargebacks
PostbackSchema.index({ waitsUntil: 1, reason: 1 }, { partialFilterExpression: { waitsUntil: { $exists: true } } });
PostbackSchema.index({ receivedAt: 1 }, { partialFilterExpression: { waitsForTxid: { $exists: true } } });
// MongoDB deletes the entry when its time has come.
PostbackSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
