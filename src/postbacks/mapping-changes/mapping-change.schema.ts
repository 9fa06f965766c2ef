import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { StoredDialect } from '../../networks/network.schema.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';

export const MAPPING_CHANGE_STATES = ['undoable', 'running', 'done', 'undone'] as const;
export type MappingChangeState = (typeof MAPPING_CHANGE_STATES)[number];

/** The progress of running the waiting postbacks again. */
export interface Rerun {
  /** Waiting postbacks when it began; 0 before. */
  total: number;
  done: number;
  /** Verdict → number of postbacks with it in this run. */
  counts: Record<string, number>;
}

/** A change of a network's dialect whose waiting postbacks are run again only after the time for an undo. */
@Schema({ collection: 'mappingChanges', versionKey: false, minimize: false })
export class MappingChange {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  @Prop({ type: String, required: true })
  networkId: string;

  @Prop({ type: String, required: true })
  state: MappingChangeState;

  /** Until then it can be undone, and the waiting postbacks are not run again. */
  @Prop({ type: Date, required: true })
  undoUntil: Date;

  /** The network's dialect before the change, for the undo. */
  @Prop({ type: Object, required: true })
  before: StoredDialect;

  /** The network's `dialectChangedAt` by this change: identifies the rematch run that it waits for. */
  @Prop({ type: Date, required: true })
  dialectChangedAt: Date;

  /** The network's `updatedAt` by this change: another value means that another request has changed the network. */
  @Prop({ type: Date, required: true })
  networkUpdatedAt: Date;

  @Prop({ type: Object, required: true })
  rerun: Rerun;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;

  @Prop({ type: Date, required: true })
  expiresAt: Date;
}

export const MappingChangeSchema = SchemaFactory.createForClass(MappingChange);

// Path: held-networks.read-model.ts. Query: { networkId, state: 'undoable' } of some networks
MappingChangeSchema.index({ networkId: 1 }, { partialFilterExpression: { state: 'undoable' } });
// Path: mapping-changes.repository.ts, open changes of a network. Query: { workspaceId, networkId, state }
MappingChangeSchema.index({ workspaceId: 1, networkId: 1, state: 1 });
// MongoDB deletes expired changes.
MappingChangeSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
