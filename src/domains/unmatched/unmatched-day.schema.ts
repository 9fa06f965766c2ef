import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

const KEPT_SECONDS = 400 * 24 * 3_600;

/** The visits of one domain and day (UTC) that no link answered. */
@Schema({ collection: 'orphanDays', versionKey: false })
export class UnmatchedDay {
  /** `<domain id>:2026-01-31` */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  domainId: string;

  /** Midnight (UTC) of the day. */
  @Prop({ type: Date, required: true })
  day: Date;

  @Prop({ type: Number })
  root?: number;

  @Prop({ type: Number })
  rootBots?: number;

  @Prop({ type: Number })
  notFound?: number;

  @Prop({ type: Number })
  notFoundBots?: number;

  /** The slugs that people requested most, each with a lower bound of its visits. */
  @Prop({ type: [[Object]], default: undefined })
  slugs?: [slug: string, hits: number][];
}

export const UnmatchedDaySchema = SchemaFactory.createForClass(UnmatchedDay);

// Path: unmatched-visits.service.ts, read. Query: { workspaceId, domainId, day } in the order of days
UnmatchedDaySchema.index({ workspaceId: 1, domainId: 1, day: 1 });
// MongoDB deletes old days.
UnmatchedDaySchema.index({ day: 1 }, { expireAfterSeconds: KEPT_SECONDS });
