import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { Money } from '../../platform/money/money.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { CostValues } from '../rules/costs/read-cost.js';

/** The cost of a day as it was billed: of all clicks, or of those with certain values. It is spread over its clicks. */
@Schema({ collection: 'costs', versionKey: false, minimize: false })
export class CostEntry {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** See `costKey`. Unique in the workspace. */
  @Prop({ type: String, required: true })
  key: string;

  /** `2026-11-20` */
  @Prop({ type: String, required: true })
  day: string;

  @Prop({ type: String, required: true })
  timezone: string;

  /** The first moment of the day in its time zone. */
  @Prop({ type: Date, required: true })
  from: Date;

  /** The first moment after it. */
  @Prop({ type: Date, required: true })
  to: Date;

  @Prop({ type: Object, required: true })
  by: CostValues;

  /** As it was given. */
  @Prop({ type: { _id: false, amount: String, currency: String }, required: true })
  given: Money;

  /** In the workspace's currency, by the rate of the day. */
  @Prop({ type: { _id: false, amount: String, currency: String }, required: true })
  cost: Money;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;
}

export const CostEntrySchema = SchemaFactory.createForClass(CostEntry);

// Path: costs.service.ts, replaced costs. Query: { workspaceId, key }. The unique index prevents two costs of the same clicks.
CostEntrySchema.index({ workspaceId: 1, key: 1 }, { unique: true });
// Path: costs.service.ts, costs of a time. Query: { workspaceId, from: < a time, to: > another one }
CostEntrySchema.index({ workspaceId: 1, from: 1 });
// Path: costs.controller.ts. Query: { workspaceId } newest first
CostEntrySchema.index({ workspaceId: 1, _id: -1 });
