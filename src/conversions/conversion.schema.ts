import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Money } from '../platform/money/money.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ConversionStatus, EventType } from '../platform/vocabulary/conversion-words.js';
import type { AppliedUpdate } from './rules/applied-update.js';
import type { Origin } from './rules/conversion-event.js';

/** One change of a conversion: what it was set to, when, and by whom. */
export interface HistoryEntry {
  at: Date;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  origin: Origin;
  /** The log entry of a postback, the row of an import, or the API key that did it by hand. */
  sourceId: string;
  note: string | null;
}

/** What is known of the click, once it is stored. */
export interface ClickFacts {
  country: string | null;
  device: string | null;
  os: string | null;
  browser: string | null;
  subs: Record<string, string>;
  /** The names of the rule and of the variant that the click was sent by; absent where there was none. */
  rule?: string;
  variant?: string;
}

export const CONVERSION_FLAGS = ['rate_missing', 'before_click', 'pixel_only', 'txid_reused', 'other_network'] as const;
/**
 * What a person should know: no exchange rate for its day; it happened before its click; only a page has told of it; another
 * click has the same transaction id; another network than the link's has told of it.
 */
export type ConversionFlag = (typeof CONVERSION_FLAGS)[number];

/** What postbacks have told about one registration, deposit or sale. */
@Schema({ collection: 'conversions', versionKey: false })
export class Conversion {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** `null`: told by hand, without a network. */
  @Prop({ type: String })
  networkId: string | null;

  @Prop({ type: String, required: true })
  linkId: string;

  /** `null` for revenue that is the link's as a whole. */
  @Prop({ type: String })
  clickId: string | null;

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

  /** Who said the status that holds. */
  @Prop({ type: String, required: true })
  statusOrigin: Origin;

  /** The network's name for the player. */
  @Prop({ type: String })
  playerId: string | null;

  /** Decimal string and currency: never a float. What was taken back in part is taken off. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  payout: Money | null;

  /** The payout's currency is the network's default: no update has named one. */
  @Prop({ type: Boolean })
  isDefaultCurrency?: true;

  /** What was taken back of the payout; absent where nothing was. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  refunded?: Money;

  /** What was applied, in the order of arrival; absent while that is a single update. See known-updates.ts. */
  @Prop({ type: [Object], default: undefined })
  updates?: AppliedUpdate[];

  /** The same in the workspace's currency, at the rate of its day; `null` when there is no rate, or no payout. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  revenue: Money | null;

  /** The time of the update that decided the payout, its origin, and its status. */
  @Prop({ type: Date })
  payoutAt: Date | null;

  @Prop({ type: String })
  payoutOrigin: Origin | null;

  @Prop({ type: String })
  payoutStatus: ConversionStatus | null;

  /** The first deposit of its click or player, as far as we know; see first-deposits.ts. */
  @Prop({ type: Boolean, required: true })
  isFtd: boolean;

  /** From the click id itself, so it is known even before the click is stored. */
  @Prop({ type: Date })
  clickedAt: Date | null;

  @Prop({ type: Date, required: true })
  convertedAt: Date;

  @Prop({ type: [Object], required: true })
  history: HistoryEntry[];

  @Prop({ type: [String], required: true })
  flags?: ConversionFlag[];

  /** Which change to what is known of its click it was stored with; `null` where no first deposit could be. See click-versions.ts. */
  @Prop({ type: Number })
  clickVersion?: number | null;

  /** Copied from the click when it is stored, so that the conversion outlives it. */
  @Prop({ type: Object })
  facts: ClickFacts | null;

  /** Until when to look for the click's facts; absent once they are there. */
  @Prop({ type: Date })
  factsDue?: Date;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const ConversionSchema = SchemaFactory.createForClass(Conversion);

// Path: conversions.service.ts, every event. Query: { workspaceId, networkId, dedupeKey }. It is what stops doubles.
ConversionSchema.index({ workspaceId: 1, networkId: 1, dedupeKey: 1 }, { unique: true });
// Path: conversions.service.ts, first deposit of a click; list by click. Query: { workspaceId, clickId }
ConversionSchema.index({ workspaceId: 1, clickId: 1 });
// Path: click-versions.ts. It is what keeps two transactions from choosing a click's first deposit behind each other's back.
ConversionSchema.index(
  { workspaceId: 1, clickId: 1, clickVersion: 1 },
  { unique: true, partialFilterExpression: { clickVersion: { $type: 'number' } } },
);
// Path: conversions.service.ts, first deposit of a player. Query: { workspaceId, networkId, playerId }
ConversionSchema.index(
  { workspaceId: 1, networkId: 1, playerId: 1, convertedAt: 1 },
  { partialFilterExpression: { playerId: { $type: 'string' } } },
);
// Path: conversions.service.ts, chargebacks; list by transaction. Query: { workspaceId, txid }
ConversionSchema.index({ workspaceId: 1, txid: 1 }, { partialFilterExpression: { txid: { $type: 'string' } } });
// Path: click-facts.service.ts. Query: { factsDue: { $exists: true } }
ConversionSchema.index({ factsDue: 1, _id: 1 }, { partialFilterExpression: { factsDue: { $exists: true } } });
// Path: missing-revenue.service.ts, oldest first. Query: { workspaceId, flags: 'rate_missing' }
ConversionSchema.index({ workspaceId: 1, _id: 1 }, { partialFilterExpression: { flags: 'rate_missing' } });
// Path: conversion-reader.service.ts, list by player, first deposits. Query: { workspaceId, playerId } and so on
ConversionSchema.index(
  { workspaceId: 1, playerId: 1, _id: -1 },
  { partialFilterExpression: { playerId: { $type: 'string' } } },
);
ConversionSchema.index({ workspaceId: 1, _id: -1, isFtd: 1 }, { partialFilterExpression: { isFtd: true } });
// Path: conversion-reader.service.ts, list by time. Query: { workspaceId, convertedAt }, a range
ConversionSchema.index({ workspaceId: 1, convertedAt: 1 });
// Path: variant-results.service.ts. Query: { workspaceId, linkId, 'facts.variant', convertedAt since a time }
ConversionSchema.index(
  { workspaceId: 1, linkId: 1, convertedAt: 1 },
  { partialFilterExpression: { 'facts.variant': { $type: 'string' } } },
);
// Path: conversion-reader.service.ts, list. Query: { workspaceId, … } newest first
ConversionSchema.index({ workspaceId: 1, _id: -1 });
ConversionSchema.index({ workspaceId: 1, linkId: 1, _id: -1 });
ConversionSchema.index({ workspaceId: 1, networkId: 1, _id: -1 });
