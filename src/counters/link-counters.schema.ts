import { Prop, raw, Schema, SchemaFactory } from '@nestjs/mongoose';
import { type mongo, Schema as MongooseSchema } from 'mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/**
 * A part of one link's counters. Each kind of writer has separate rows ("stripes"), which are summed on reading. So
 * writers do not wait for each other.
 */
@Schema({ collection: 'linkCounters', versionKey: false })
export class LinkCounters {
  /** `<link id>:<stripe>` */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  linkId: string;

  @Prop(raw({ total: Number, human: Number, bots: Number, unique: Number }))
  clicks?: Partial<Record<'total' | 'human' | 'bots' | 'unique', number>>;

  @Prop({ type: Number })
  registrations?: number;

  @Prop({ type: Number })
  ftds?: number;

  @Prop({ type: Number })
  deposits?: number;

  @Prop({ type: Number })
  conversions?: number;

  @Prop({ type: Number })
  approved?: number;

  @Prop({ type: Number })
  pending?: number;

  @Prop({ type: Number })
  rejected?: number;

  /** Currency code → exact decimal. */
  @Prop({ type: Map, of: MongooseSchema.Types.Decimal128 })
  payouts?: Record<string, mongo.Decimal128>;

  @Prop({ type: Map, of: MongooseSchema.Types.Decimal128 })
  revenues?: Record<string, mongo.Decimal128>;
}

export const LinkCountersSchema = SchemaFactory.createForClass(LinkCounters);

// Path: links.controller.ts, read and list. Query: { workspaceId, linkId: { $in } }
LinkCountersSchema.index({ workspaceId: 1, linkId: 1 });
