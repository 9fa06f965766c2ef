import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** One redirect that was answered. */
@Schema({ collection: 'clicks', versionKey: false })
export class Click {
  /** The click id: storing a click twice is impossible. */
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

  /** The number of the network (autonomous system) that the address belongs to. */
  @Prop({ type: Number })
  asn: number | undefined;

  /** One of DEVICE_KINDS; absent in clicks from before devices were read. */
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

  /** Why it is not a person's click; absent when it is. */
  @Prop({ type: String })
  botReason: string | undefined;

  /** The visitor rule that decided whether it is a person's; absent where none did. */
  @Prop({ type: String })
  visitorRuleId?: string | undefined;

  /** When a conversion showed that this prefetch was a person's; absent in all other clicks. See converted-prefetches.service.ts. */
  @Prop({ type: Date })
  humanSince?: Date | undefined;

  /** Names one person on one link on one day, without saying who. */
  @Prop({ type: String, required: true })
  visitorKey: string;

  /** The first click of its visitor key by a person. */
  @Prop({ type: Boolean, required: true })
  isUnique: boolean;

  /** The names of the rule and of the variant that the click was sent by; see links/routing. */
  @Prop({ type: String })
  rule?: string | undefined;

  @Prop({ type: String })
  variant?: string | undefined;

  /** Kept whole while `isIpFull`, then its network; absent where the workspace does not keep it. */
  @Prop({ type: String })
  ip?: string | undefined;

  @Prop({ type: Boolean })
  isIpFull?: true | undefined;

  /** Who clicked asked not to be tracked, and that is heeded: what is personal was not kept. */
  @Prop({ type: Boolean })
  isPrivate?: true | undefined;

  /** When what is personal was erased. */
  @Prop({ type: Date })
  erasedAt?: Date | undefined;

  /** Made to try a network out: it is counted nowhere. */
  @Prop({ type: Boolean })
  isTest?: true;
}

export const ClickSchema = SchemaFactory.createForClass(Click);

// Path: click-export.controller.ts, newest first; click-upkeep.service.ts, oldest first. Query: { workspaceId, at: from … to, … }
ClickSchema.index({ workspaceId: 1, at: -1 });
// What makes "unique" exact over any number of writers: one such click a visitor key. Path: click-batches.repository.ts.
ClickSchema.index({ visitorKey: 1 }, { unique: true, partialFilterExpression: { isUnique: true } });
