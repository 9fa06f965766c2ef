import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { replacedIndexes } from '../platform/mongo/replaced-indexes.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ReadParameter } from '../networks/rules/reading/reading.js';
import type { SignedMessage } from './security/signature.js';

export const VERDICTS = ['accepted', 'duplicate', 'updated', 'ignored', 'test', 'rejected'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The result of running a request again. */
export interface Attempt {
  at: Date;
  verdict: Verdict;
  reason: string | null;
  conversionId: string | null;
}

export const POSTBACK_ORIGINS = ['postback', 'pixel'] as const;
export type PostbackOrigin = (typeof POSTBACK_ORIGINS)[number];

/** The log entry of one request from a network, with its verdict. Secrets are masked. */
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

  /** `postback`: sent by the network. `pixel`: sent by a web page. */
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

  /** Pairs, because header names may contain characters that a field name may not. */
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

  /** How each parameter was read, in the order in which they were sent. */
  @Prop({ type: [Object], required: true })
  parameters: ReadParameter[];

  /** Until then it is reprocessed if the missing mapping, link or transaction appears. Absent: it is not reprocessed. */
  @Prop({ type: Date })
  waitsUntil?: Date;

  /** The transaction id that a chargeback takes back, now or later. */
  @Prop({ type: String })
  waitsForTxid?: string;

  /** The network's character set at the time of reading, if it was used. */
  @Prop({ type: String })
  charset?: string;

  /** The log does not have the whole body: it was too long, compressed or broken off. */
  @Prop({ type: Boolean })
  isIncomplete?: boolean;

  /** Identifies a signed request, also when it is run again. Absent: not signed, or stored by an earlier release. */
  @Prop({ type: Object })
  signed?: SignedMessage;

  /** The latest runs after the first one, oldest first. */
  @Prop({ type: [Object], required: true })
  attempts: Attempt[];

  /** When its content was erased together with its click. */
  @Prop({ type: Date })
  erasedAt?: Date;

  /** When MongoDB deletes it, by the workspace's retention. */
  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const PostbackSchema = SchemaFactory.createForClass(Postback);

// Path: log/postback-log.controller.ts, list. Query: { workspaceId, … } newest first.
// log/postback-counts.service.ts: verdict and time, so that entries are counted without reading them
PostbackSchema.index({ workspaceId: 1, _id: -1, verdict: 1, receivedAt: 1 });
PostbackSchema.index({ workspaceId: 1, networkId: 1, _id: -1, verdict: 1, receivedAt: 1 });
PostbackSchema.index({ workspaceId: 1, clickId: 1, _id: -1 });
PostbackSchema.index({ workspaceId: 1, verdict: 1, reason: 1, _id: -1 });
PostbackSchema.index(
  { workspaceId: 1, conversionId: 1, _id: -1 },
  { partialFilterExpression: { conversionId: { $type: 'string' } } },
);
// Path: reprocess/rematch-jobs.service.ts, waiting postbacks of a network, and those of a transaction
PostbackSchema.index(
  { workspaceId: 1, networkId: 1, waitsUntil: 1 },
  { partialFilterExpression: { waitsUntil: { $exists: true } } },
);
PostbackSchema.index(
  { workspaceId: 1, networkId: 1, waitsForTxid: 1 },
  { partialFilterExpression: { waitsForTxid: { $exists: true } } },
);
// Path: reprocess/waiting-postbacks.read-model.ts, all workspaces: waiting postbacks with one reason; chargebacks
PostbackSchema.index({ waitsUntil: 1, reason: 1 }, { partialFilterExpression: { waitsUntil: { $exists: true } } });
PostbackSchema.index({ receivedAt: 1 }, { partialFilterExpression: { waitsForTxid: { $exists: true } } });
// MongoDB deletes expired entries.
PostbackSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
// The same two without verdict and time.
replacedIndexes(PostbackSchema, 'workspaceId_1__id_-1', 'workspaceId_1_networkId_1__id_-1');
