import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Money } from '../platform/money/money.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ConversionStatus, EventType } from '../platform/vocabulary/conversion-words.js';
import type { AppliedUpdate } from './rules/applied-update.js';
import type { Origin } from './rules/conversion-event.js';

/** One change of a conversion: the new values, their time and their source. */
export interface HistoryEntry {
  at: Date;
  status: ConversionStatus;
  networkStatus: string | null;
  payout: Money | null;
  origin: Origin;
  /** Id of the postback's log entry, of the import's row, or of the API key that made a manual change. */
  sourceId: string;
  note: string | null;
}

/**
 * Facts of the click that a conversion keeps, once the click is stored. `null` means that a fact is unknown or erased.
 * An absent field means that a version without it stored the facts; see facts-migration.service.ts.
 */
export interface ClickFacts {
  country: string | null;
  device: string | null;
  os: string | null;
  browser: string | null;
  subs: Record<string, string>;
  region?: string | null;
  city?: string | null;
  asn?: number | null;
  inApp?: string | null;
  language?: string | null;
  /** The referrer's host. */
  referrer?: string | null;
  /** The traffic source that the click's URL names; see traffic-source.ts. */
  source?: string | null;
  /** Names of the rule and the variant that routed the click; absent if there was none. */
  rule?: string;
  variant?: string;
}

export const CONVERSION_FLAGS = ['rate_missing', 'before_click', 'pixel_only', 'txid_reused', 'other_network'] as const;
/** Conditions that a person should check; conversions.dto.ts explains each. */
export type ConversionFlag = (typeof CONVERSION_FLAGS)[number];

/** One registration, deposit, sale or other event, as postbacks, pixels, imports and people have reported it. */
@Schema({ collection: 'conversions', versionKey: false })
export class Conversion {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** `null` for a manual conversion without a network. */
  @Prop({ type: String })
  networkId: string | null;

  @Prop({ type: String, required: true })
  linkId: string;

  /** `null` for revenue of the link as a whole. */
  @Prop({ type: String })
  clickId: string | null;

  @Prop({ type: String, required: true })
  eventType: EventType;

  /** Two reports with the same key are one conversion; see dedupe-key.ts. */
  @Prop({ type: String, required: true })
  dedupeKey: string;

  @Prop({ type: String })
  txid: string | null;

  @Prop({ type: String, required: true })
  status: ConversionStatus;

  /** Time of the update that decided the status. */
  @Prop({ type: Date, required: true })
  statusAt: Date;

  @Prop({ type: String })
  networkStatus: string | null;

  /** Source of the current status. */
  @Prop({ type: String, required: true })
  statusOrigin: Origin;

  /** The network's id of the player. */
  @Prop({ type: String })
  playerId: string | null;

  /** Decimal string and currency, never a float. Partial refunds are subtracted. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  payout: Money | null;

  /** The payout's currency is the network's default, because no update has named a currency. */
  @Prop({ type: Boolean })
  isDefaultCurrency?: true;

  /** Refunded part of the payout; absent if there were no refunds. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  refunded?: Money;

  /** The applied updates, in the order of arrival; absent while there is only one. See known-updates.ts. */
  @Prop({ type: [Object], default: undefined })
  updates?: AppliedUpdate[];

  /** The payout in the workspace's currency, at the rate of its day; `null` without a rate or a payout. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  revenue: Money | null;

  /** Time of the update that decided the payout. Its origin and status follow. */
  @Prop({ type: Date })
  payoutAt: Date | null;

  @Prop({ type: String })
  payoutOrigin: Origin | null;

  @Prop({ type: String })
  payoutStatus: ConversionStatus | null;

  /** The first deposit of its click or player among the known conversions; see first-deposits.ts. */
  @Prop({ type: Boolean, required: true })
  isFtd: boolean;

  /** Read from the click id, so it is known before the click is stored. */
  @Prop({ type: Date })
  clickedAt: Date | null;

  @Prop({ type: Date, required: true })
  convertedAt: Date;

  @Prop({ type: [Object], required: true })
  history: HistoryEntry[];

  @Prop({ type: [String], required: true })
  flags?: ConversionFlag[];

  /** Version of the click's conversions; `null` where no first deposit is possible. See click-versions.ts. */
  @Prop({ type: Number })
  clickVersion?: number | null;

  /** Copied from the click, so that the facts remain when the click is deleted. */
  @Prop({ type: Object })
  facts: ClickFacts | null;

  /** Time until which the click's facts are looked for; absent once they are found. */
  @Prop({ type: Date })
  factsDue?: Date;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const ConversionSchema = SchemaFactory.createForClass(Conversion);

// Path: conversions.service.ts, every event. Query: { workspaceId, networkId, dedupeKey }. The unique index prevents duplicate conversions.
ConversionSchema.index({ workspaceId: 1, networkId: 1, dedupeKey: 1 }, { unique: true });
// Path: conversions.service.ts, first deposit of a click; list by click. Query: { workspaceId, clickId }
ConversionSchema.index({ workspaceId: 1, clickId: 1 });
// Path: click-versions.ts. The unique index keeps two concurrent transactions from both choosing a click's first deposit.
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
