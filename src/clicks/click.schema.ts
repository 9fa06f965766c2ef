import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Money } from '../platform/money/money.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** A click: a visit that was redirected. */
@Schema({ collection: 'clicks', versionKey: false })
export class Click {
  /** The click id. As the key of the document it prevents storing a click twice. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  linkId: string;

  @Prop({ type: Date, required: true })
  at: Date;

  @Prop({ type: String })
  userAgent: string;

  @Prop({ type: String })
  language: string | undefined;

  @Prop({ type: String })
  referrer: string | undefined;

  @Prop({ type: String })
  referrerHost: string | undefined;

  @Prop({ type: [{ _id: false, name: String, value: String }] })
  query: { name: string; value: string }[];

  @Prop({ type: Map, of: String })
  subs: Record<string, string>;

  /** ISO 3166-1 alpha-2. */
  @Prop({ type: String })
  country: string | undefined;

  @Prop({ type: String })
  region: string | undefined;

  @Prop({ type: String })
  city: string | undefined;

  /** Number of the autonomous system (network) that the address belongs to. */
  @Prop({ type: Number })
  asn: number | undefined;

  /** One of DEVICE_KINDS. Absent in clicks of versions that did not read devices. */
  @Prop({ type: String })
  device: string | undefined;

  /** One of OS_NAMES. */
  @Prop({ type: String })
  os: string | undefined;

  /** One of BROWSER_NAMES. */
  @Prop({ type: String })
  browser: string | undefined;

  /** One of IN_APP_NAMES. */
  @Prop({ type: String })
  inApp: string | undefined;

  /** A `BotReason`. Absent when the click is a person's. */
  @Prop({ type: String })
  botReason: string | undefined;

  /** The visitor rule that decided whether the click is a person's. Absent when none matched. */
  @Prop({ type: String })
  visitorRuleId?: string | undefined;

  /** When a conversion showed that this prefetch was a person's. Absent in all other clicks; see converted-prefetches.service.ts. */
  @Prop({ type: Date })
  humanSince?: Date | undefined;

  /** A pseudonym: the same for one visitor on one link on one day (UTC). See visitor.ts. */
  @Prop({ type: String, required: true })
  visitorKey: string;

  /** The first click of a person with this visitor key. */
  @Prop({ type: Boolean, required: true })
  isUnique: boolean;

  /** Names of the rule and of the variant that decided the destination; see links/routing. */
  @Prop({ type: String })
  rule?: string | undefined;

  @Prop({ type: String })
  variant?: string | undefined;

  /** The whole address while `isIpFull`, afterwards its network. Absent where the workspace does not keep addresses. */
  @Prop({ type: String })
  ip?: string | undefined;

  @Prop({ type: Boolean })
  isIpFull?: true | undefined;

  /** The visitor asked not to be tracked and the workspace honours that. Personal data was not kept. */
  @Prop({ type: Boolean })
  isPrivate?: true | undefined;

  /** When the personal data was erased. */
  @Prop({ type: Date })
  erasedAt?: Date | undefined;

  /** Cost of the click, in the workspace's currency; in that of `costGiven` while there is no exchange rate. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  cost?: Money | undefined;

  /** The cost as the link or the parameter `cost` has it, where its currency is another one. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  costGiven?: Money | undefined;

  /** A test click, made to test a network. No report counts it. */
  @Prop({ type: Boolean })
  isTest?: true;
}

export const ClickSchema = SchemaFactory.createForClass(Click);

// Path: click-list.service.ts and click-export.controller.ts, newest first; click-retention.service.ts, oldest first. Query: { workspaceId, at: from … to, … }
ClickSchema.index({ workspaceId: 1, at: -1 });
// The clicks of one link are found by their ids: see clickIdRange. With an index by link, mongod would need a third more
// processor time for each click.
// Makes `isUnique` exact with any number of writers: one unique click per visitor key. Path: click-batches.repository.ts.
ClickSchema.index({ visitorKey: 1 }, { unique: true, partialFilterExpression: { isUnique: true } });
