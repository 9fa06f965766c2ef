import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { TransactionScope } from './rules/network-words.js';

/** How a network's words are read. Its own mapping goes before the aliases that everybody knows. */
export interface NetworkMapping {
  /** Canonical name → names that it sends; the first filled one wins. */
  params: Record<string, string[]>;
  /** Its words for events, lower case → event type, or `chargeback` for what takes something back. */
  events: Record<string, string>;
  /** Its words for statuses, lower case → `approved`, `pending`, `rejected` or `ignore`. */
  statuses: Record<string, string>;
  /** Its words and signs for currencies, lower case → a code of 2 to 10 capital letters. */
  currencies?: Record<string, string>;
  /** The character set (WHATWG label) of its requests and files where they are not UTF-8. */
  charset?: string;
}

/** What holds when a postback does not say. */
export interface NetworkDefaults {
  event?: string;
  status?: string;
  currency?: string;
  payout?: string;
}

/** What a repeat without a transaction id means for event types that can happen more than once. */
export type RepeatPolicy = 'count' | 'ignore';

/** What a request must bring to be listened to, beside the key in its path. */
export interface NetworkSecurity {
  /** Addresses and CIDRs that may send; empty: all. */
  ips: string[];
  /** A parameter that must have this value. */
  token: { param: string; value: string } | null;
  /** A parameter that must be the HMAC-SHA256 (hex) over the other parameters; see security/signature.ts. */
  hmac: { secret: string; param: string; timestampParam: string; toleranceSeconds: number } | null;
  /** Requests a minute that one process takes. */
  ratePerMinute: number;
}

/** How a request is answered. */
export interface AnswerOptions {
  /** 200 whatever the verdict. */
  alwaysOk: boolean;
  /** Plain text `OK` instead of JSON. */
  text: boolean;
}

/** Who sends postbacks: an affiliate network, advertiser or casino platform. */
@Schema({ collection: 'networks', versionKey: false, minimize: false })
export class Network {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  name: string;

  /** Secret part of its postback URL. Kept readable: people paste that URL again and again; it only ever lets one write. */
  @Prop({ type: String, required: true })
  key: string;

  /** The key before the last rotation, which goes on being accepted until it is ended. */
  @Prop({ type: String })
  oldKey: string | null;

  /** Public, for pages: it lets them tell of conversions, and is worth nothing at the postback URL. */
  @Prop({ type: String })
  pixelKey: string | null;

  /** The id of the preset that it was made with; see presets/. */
  @Prop({ type: String })
  preset: string | null;

  /** The query parameter in which links to this network carry the click id. */
  @Prop({ type: String, required: true })
  clickIdParam: string;

  @Prop({ type: Object, required: true })
  mapping: NetworkMapping;

  @Prop({ type: Object, required: true })
  defaults: NetworkDefaults;

  /** Event type → policy; `ignore` where nothing is said. */
  @Prop({ type: Object, required: true })
  repeats: Record<string, RepeatPolicy>;

  /** How far a transaction id is unique; `click` where nothing was said. */
  @Prop({ type: String, required: true })
  transactions: TransactionScope;

  @Prop({ type: Object, required: true })
  security: NetworkSecurity;

  @Prop({ type: Object, required: true })
  answer: AnswerOptions;

  /** Event type → days after the click in which it may happen; no limit where nothing is said. */
  @Prop({ type: Object, required: true })
  windows: Record<string, number>;

  /** When it was last told how its requests are to be read: what could not be read before may be since then. */
  @Prop({ type: Date, required: true })
  dialectChangedAt: Date;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const NetworkSchema = SchemaFactory.createForClass(Network);

// Path: network.read-model.ts, postbacks whose key is not known to the process. Query: { key }, { oldKey } or { pixelKey }
NetworkSchema.index({ key: 1 }, { unique: true });
NetworkSchema.index({ pixelKey: 1 }, { unique: true, partialFilterExpression: { pixelKey: { $type: 'string' } } });
NetworkSchema.index({ oldKey: 1 }, { unique: true, partialFilterExpression: { oldKey: { $type: 'string' } } });
// Path: changed-networks.read-model.ts. Query: { dialectChangedAt } since a time
NetworkSchema.index({ dialectChangedAt: 1 });
// Path: networks.controller.ts, list. Query: { workspaceId } newest first
NetworkSchema.index({ workspaceId: 1, _id: -1 });
