import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/**
 * The human clicks of one link by variant, in one quarter of an hour. Each writer has its own rows ("stripes"), which are
 * summed on reading. Earlier versions had a row for each clicked link, with more counts (docs/adr/0028); nothing reads those.
 */
@Schema({ collection: 'linkQuarters', versionKey: false })
export class VariantClicks {
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

  /** Variant key, encoded by `fieldName` → human clicks. */
  @Prop({ type: Object })
  by?: { variant?: Record<string, { h?: number }> };
}

export const VariantClicksSchema = SchemaFactory.createForClass(VariantClicks);

// Path: deletion and export of a workspace. Query: { workspaceId }
// Earlier versions queried `at` and `linkId` too. A smaller index would be built over all their rows at the next start.
VariantClicksSchema.index({ workspaceId: 1, at: 1, linkId: 1 });
