import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

export const VERDICTS = ['accepted', 'duplicate', 'updated', 'ignored', 'rejected'] as const;
export type Verdict = (typeof VERDICTS)[number];

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
}

export const PostbackSchema = SchemaFactory.createForClass(Postback);

// Path: postbacks.controller.ts, list. Query: { workspaceId, … } newest first
PostbackSchema.index({ workspaceId: 1, _id: -1 });
PostbackSchema.index({ workspaceId: 1, networkId: 1, _id: -1 });
PostbackSchema.index({ workspaceId: 1, clickId: 1, _id: -1 });
