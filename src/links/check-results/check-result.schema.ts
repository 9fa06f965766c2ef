import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

/** One requested URL of a check. Its parameters are read from the URL. */
export interface StoredHop {
  url: string;
  status: number;
  ms: number;
}

export interface StoredCheckProblem {
  hop: number;
  code: string;
  param?: string;
  message: string;
}

export interface StoredRetry {
  url: string;
  status: number;
  ok: boolean;
}

/** The last check of a link. A document of its own, because links are read for every click. */
@Schema({ collection: 'linkChecks', versionKey: false })
export class CheckResult {
  /** The id of the link. */
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: Date, required: true })
  checkedAt: Date;

  @Prop({ type: Boolean, required: true })
  ok: boolean;

  @Prop({ type: [Object], required: true })
  hops: StoredHop[];

  @Prop({ type: [Object], required: true })
  problems: StoredCheckProblem[];

  /** See WithoutAppendedResponse. */
  @Prop({ type: Object })
  withoutAppended: StoredRetry | null;
}

export const CheckResultSchema = SchemaFactory.createForClass(CheckResult);
// The last check of any link of a workspace, for the setup checklist.
CheckResultSchema.index({ workspaceId: 1, checkedAt: -1 });
