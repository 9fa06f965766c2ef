import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** The rates that a workspace has loaded for one day: units of each currency for 1 EUR, as decimal strings. */
@Schema({ collection: 'exchangeRates', versionKey: false })
export class StoredRateDay {
  /** `<workspace id>:<day>`: a day cannot be stored twice, and the id sorts by day. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  day: string;

  @Prop({ type: Object, required: true })
  rates: Record<string, string>;

  @Prop({ type: Date, required: true })
  loadedAt: Date;
}

export const StoredRateDaySchema = SchemaFactory.createForClass(StoredRateDay);

// Path: rates.service.ts, the days that apply to a day. Query: { workspaceId, day: from … to }
StoredRateDaySchema.index({ workspaceId: 1, day: 1 });
// Path: rates.service.ts, the days that are loaded. Query: { workspaceId } newest first
StoredRateDaySchema.index({ workspaceId: 1, _id: -1 });
