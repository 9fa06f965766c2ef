import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { TransactionScope } from './rules/network-words.js';

/** A network's own names and words and their meanings. They take precedence over the common vocabulary. */
export interface NetworkMapping {
  /** Canonical name → parameter names that the network sends; the first with a value wins. */
  params: Record<string, string[]>;
  /** Words for events, lower case → event type, or `chargeback` to take a conversion back. */
  events: Record<string, string>;
  /** Words for statuses, lower case → `approved`, `pending`, `rejected` or `ignore`. */
  statuses: Record<string, string>;
  /** Words and signs for currencies, lower case → a code of 2 to 10 capital letters. */
  currencies?: Record<string, string>;
  /** Character set (WHATWG label) of requests and files if it is not UTF-8. */
  charset?: string;
}

/** Values for postbacks that do not contain them. */
export interface NetworkDefaults {
  event?: string;
  status?: string;
  currency?: string;
  payout?: string;
}

/** How a repeat without a transaction id is handled, for event types that can happen more than once. */
export type RepeatPolicy = 'count' | 'ignore';

/** Conditions that a request must meet besides the key in its path. */
export interface NetworkSecurity {
  /** IP addresses and CIDRs that may send; empty: all. */
  ips: string[];
  /** A parameter with a required value. */
  token: { param: string; value: string } | null;
  /** A parameter that must be the HMAC-SHA256 (hex) over the other parameters; see security/signature.ts. */
  hmac: { secret: string; param: string; timestampParam: string; toleranceSeconds: number } | null;
  /** Maximum requests per minute and process. */
  ratePerMinute: number;
}

/** How a request is answered. */
export interface AnswerOptions {
  /** Answer 200 for every verdict. */
  alwaysOk: boolean;
  /** Answer with the plain text `OK` instead of JSON. */
  text: boolean;
}

/** A sender of postbacks: an affiliate network, advertiser, casino platform or shop. */
@Schema({ collection: 'networks', versionKey: false, minimize: false })
export class Network {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  name: string;

  /** Secret part of the postback URL. It is stored readable, because people copy the URL often. It allows only reports, no reads. */
  @Prop({ type: String, required: true })
  key: string;

  /** The key before the last rotation. It is accepted until it is ended. */
  @Prop({ type: String })
  oldKey: string | null;

  /** Public key with which pages report conversions. The postback URL does not accept it. */
  @Prop({ type: String })
  pixelKey: string | null;

  /** Id of the network's preset; see presets/. */
  @Prop({ type: String })
  preset: string | null;

  /** The query parameter in which links to this network carry the click id. */
  @Prop({ type: String, required: true })
  clickIdParam: string;

  @Prop({ type: Object, required: true })
  mapping: NetworkMapping;

  @Prop({ type: Object, required: true })
  defaults: NetworkDefaults;

  /** Event type → policy; `ignore` without an entry. */
  @Prop({ type: Object, required: true })
  repeats: Record<string, RepeatPolicy>;

  /** Scope in which a transaction id is unique; default `click`. */
  @Prop({ type: String, required: true })
  transactions: TransactionScope;

  @Prop({ type: Object, required: true })
  security: NetworkSecurity;

  @Prop({ type: Object, required: true })
  answer: AnswerOptions;

  /** Event type → attribution window in days after the click; no limit without an entry. */
  @Prop({ type: Object, required: true })
  windows: Record<string, number>;

  /** Last change of preset, mapping, defaults or currency. Postbacks that could not be read before are then read again. */
  @Prop({ type: Date, required: true })
  dialectChangedAt: Date;

  /** Texts of the checks that a person has ticked; see rules/network-checks.ts. */
  @Prop({ type: [String], default: undefined })
  checksDone: string[];

  /** Time of its deletion; absent while it is in use. It can be restored for `RESTORABLE_DAYS`. */
  @Prop({ type: Date })
  deletedAt?: Date;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

/** The fields that decide how a network's requests are read. */
export const DIALECT_FIELDS = ['preset', 'mapping', 'defaults', 'repeats', 'transactions', 'windows'] as const;
export type StoredDialect = Pick<Network, (typeof DIALECT_FIELDS)[number]>;

export const NetworkSchema = SchemaFactory.createForClass(Network);

// Path: network.read-model.ts, postbacks whose key is not cached. Query: { key }, { oldKey } or { pixelKey }
NetworkSchema.index({ key: 1 }, { unique: true });
NetworkSchema.index({ pixelKey: 1 }, { unique: true, partialFilterExpression: { pixelKey: { $type: 'string' } } });
NetworkSchema.index({ oldKey: 1 }, { unique: true, partialFilterExpression: { oldKey: { $type: 'string' } } });
// Path: changed-networks.read-model.ts. Query: { dialectChangedAt } since a time
NetworkSchema.index({ dialectChangedAt: 1 });
// Path: networks.controller.ts, list. Query: { workspaceId } newest first
NetworkSchema.index({ workspaceId: 1, _id: -1 });
// Path: networks-retention.service.ts. Query: { workspaceId, deletedAt } before a time
NetworkSchema.index({ workspaceId: 1, deletedAt: 1 }, { partialFilterExpression: { deletedAt: { $type: 'date' } } });
