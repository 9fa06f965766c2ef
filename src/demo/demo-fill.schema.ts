import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

export const DEMO_STATES = ['filling', 'ready', 'failed'] as const;
export type DemoState = (typeof DEMO_STATES)[number];

/** The filling of a demo workspace, as a piece of work that any process continues. */
@Schema({ collection: 'demoFills', versionKey: false })
export class DemoFill {
  /** The id of the workspace. */
  @Prop({ type: String, required: true })
  _id: string;

  /** The same: by it, the deletion of the workspace removes this document, which ends the filling. */
  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** The person whose demo workspace it is. */
  @Prop({ type: String, required: true })
  userId: string;

  @Prop({ type: String, required: true })
  userName: string;

  /** The time at which the made-up data ends. With the id of the workspace, it decides all of the data. */
  @Prop({ type: Date, required: true })
  until: Date;

  @Prop({ type: String, required: true })
  state: DemoState;

  /** Clicks that are stored and counted; all before this one in the order of their times. */
  @Prop({ type: Number, required: true })
  clicks: number;

  /** Postbacks that were processed, in the order of their times. */
  @Prop({ type: Number, required: true })
  postbacks: number;

  /** Clicks and postbacks that there will be; 0 until that is known. */
  @Prop({ type: Number, required: true })
  total: number;

  /** Runs that failed since the last progress. */
  @Prop({ type: Number, required: true })
  failures: number;

  @Prop({ type: String })
  holder: string | null;

  @Prop({ type: Date, required: true })
  leaseUntil: Date;
}

export const DemoFillSchema = SchemaFactory.createForClass(DemoFill);

// Path: demo-fills.repository.ts, claimNext, every second. Query: { state: 'filling' }. Few documents have that state.
DemoFillSchema.index({ state: 1 }, { partialFilterExpression: { state: 'filling' } });
// Path: deletion of a workspace. Query: { workspaceId }
DemoFillSchema.index({ workspaceId: 1 });
