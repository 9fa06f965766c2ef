import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Money } from '../platform/money/money.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ConversionStatus, EventType } from '../platform/vocabulary/conversion-words.js';

/** One change of a conversion: what it was set to, when, and by which request. */
export interface HistoryEntry {
  at: Date;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  postbackId: string;
}

/** What postbacks have told about one registration, deposit or sale. */
@Schema({ collection: 'conversions', versionKey: false })
export class Conversion {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  networkId: string;

  @Prop({ type: String, required: true })
  linkId: string;

  @Prop({ type: String, required: true })
  clickId: string;

  @Prop({ type: String, required: true })
  eventType: EventType;

  /** What makes a repeat a repeat; see dedupe-key.ts. */
  @Prop({ type: String, required: true })
  dedupeKey: string;

  @Prop({ type: String })
  txid: string | null;

  @Prop({ type: String, required: true })
  status: ConversionStatus;

  /** The time of the word that decided the status. */
  @Prop({ type: Date, required: true })
  statusAt: Date;

  @Prop({ type: String })
  networkStatus: string | null;

  /** Decimal string and currency: never a float. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  payout: Money | null;

  /** The time of the word that decided the payout. */
  @Prop({ type: Date })
  payoutAt: Date | null;

  /** The first deposit of its click, as far as we know; see ftd.ts. */
  @Prop({ type: Boolean, required: true })
  isFtd: boolean;

  /** From the click id itself, so it is known even before the click is stored. */
  @Prop({ type: Date, required: true })
  clickedAt: Date;

  @Prop({ type: Date, required: true })
  convertedAt: Date;

  @Prop({ type: [Object], required: true })
  history: HistoryEntry[];

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const ConversionSchema = SchemaFactory.createForClass(Conversion);

// Path: conversions.service.ts, every postback. Query: { workspaceId, networkId, dedupeKey }. It is what stops doubles.
ConversionSchema.index({ workspaceId: 1, networkId: 1, dedupeKey: 1 }, { unique: true });
// Path: conversions.service.ts, first deposit of a click; list by click. Query: { workspaceId, clickId }
ConversionSchema.index({ workspaceId: 1, clickId: 1 });
// Path: conversions.controller.ts, list. Query: { workspaceId, … } newest first
ConversionSchema.index({ workspaceId: 1, _id: -1 });
ConversionSchema.index({ workspaceId: 1, linkId: 1, _id: -1 });
