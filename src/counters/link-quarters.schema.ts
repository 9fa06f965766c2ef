import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** Human clicks (`h`), clicks of bots (`b`) and daily unique visitors (`u`); a count of 0 is absent. */
export interface ClickCounts {
  h?: number;
  b?: number;
  u?: number;
}

/**
 * The clicks of one link in one quarter of an hour, also by country, device and so on. Reports sum these rows, in any time
 * zone. click-counters.repository.ts adds clicks; link-quarters.repository.ts moves some from the bots to the humans.
 */
@Schema({ collection: 'linkQuarters', versionKey: false })
export class LinkQuarter implements ClickCounts {
  /** `<link id>:<start, seconds since 1970>:<stripe>` */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  linkId: string;

  /** Start of the quarter of an hour. */
  @Prop({ type: Date, required: true })
  at: Date;

  @Prop({ type: Number })
  h?: number;

  @Prop({ type: Number })
  b?: number;

  @Prop({ type: Number })
  u?: number;

  /** Dimension → value, encoded by `fieldName` → counts. */
  @Prop({ type: Object })
  by?: Record<string, Record<string, ClickCounts>>;
}

export const LinkQuarterSchema = SchemaFactory.createForClass(LinkQuarter);

// Path: reports over a span of time. Query: { workspaceId, at: { $gte, $lt }, linkId? }
LinkQuarterSchema.index({ workspaceId: 1, at: 1, linkId: 1 });
