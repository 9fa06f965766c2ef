import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Money } from '../../platform/money/money.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { EventType } from '../../platform/vocabulary/conversion-words.js';
import type { Verdict } from '../postback.schema.js';
import type { TestStep } from './test-steps.js';

/** The last test of a network, with its steps. */
@Schema({ collection: 'networkTestResults', versionKey: false })
export class NetworkTestResult {
  /** The id of the network. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** When the test began. */
  @Prop({ type: Date, required: true })
  at: Date;

  /** Whether every step succeeded. */
  @Prop({ type: Boolean, required: true })
  ok: boolean;

  @Prop({ type: [Object], required: true })
  steps: TestStep[];

  /** The link of the test click; `null` when there was no link. */
  @Prop({ type: String })
  linkId: string | null;

  @Prop({ type: String })
  clickId: string | null;

  @Prop({ type: String })
  postbackId: string | null;

  @Prop({ type: String })
  verdict: Verdict | null;

  @Prop({ type: String })
  reason: string | null;

  /** The event that a real postback with these values would report; `null` when none could be read. */
  @Prop({ type: String })
  eventType: EventType | null;

  @Prop({ type: { _id: false, amount: String, currency: String } })
  payout: Money | null;

  /** The address from which the request came. */
  @Prop({ type: String })
  ip: string | null;
}

export const NetworkTestResultSchema = SchemaFactory.createForClass(NetworkTestResult);

// Path: network-test-results.repository.ts, findLast. Query: { workspaceId } newest first
NetworkTestResultSchema.index({ workspaceId: 1, at: -1 });
