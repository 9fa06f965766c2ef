import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

/** Handling of postbacks while MongoDB is away: `refuse` answers 503, so that the network retries; `spool` accepts them. */
export const POSTBACKS_WHEN_DOWN = ['refuse', 'spool'] as const;
export type PostbacksWhenDown = (typeof POSTBACKS_WHEN_DOWN)[number];

/** The tenant: a team's links, domains, networks and data. */
@Schema({ collection: 'workspaces', versionKey: false })
export class Workspace {
  @Prop({ type: String, required: true })
  _id: WorkspaceId;

  @Prop({ type: String, required: true })
  name: string;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  /** Currency of conversions, ISO 4217. This and the settings below are absent until they are set; see workspace-settings.ts. */
  @Prop({ type: String })
  currency?: string;

  /** IANA name. Absent: UTC. */
  @Prop({ type: String })
  timezone?: string;

  /** In days. `clickDays` null: for ever. */
  @Prop({ type: { _id: false, postbackDays: Number, clickDays: Number, auditDays: Number } })
  retention?: { postbackDays?: number; clickDays?: number | null; auditDays?: number };

  @Prop({ type: { _id: false, ipDays: Number, honourDoNotTrack: Boolean } })
  privacy?: { ipDays?: number; honourDoNotTrack?: boolean };

  /** The plan that limits it. Absent: no limits. See plans/. */
  @Prop({ type: { _id: false, name: String, limits: Object } })
  plan?: { name: string; limits?: Record<string, number | null> };

  /** Written by each change of its keys and members, so that MongoDB serializes these transactions. */
  @Prop({ type: Date })
  keysChangedAt?: Date;

  /** Set when its deletion was requested. */
  @Prop({ type: Date })
  deletingSince?: Date;

  @Prop({ type: String })
  postbacksWhenDown?: PostbacksWhenDown;

  /** Set on the workspace that the first start creates. */
  @Prop({ type: Boolean })
  isFirst?: true;

  /** Its data is made up; see src/demo. */
  @Prop({ type: Boolean })
  isDemo?: true;

  /** The person whose demo workspace it is. Absent also when its deletion has begun. */
  @Prop({ type: String })
  demoOf?: string;
}

export const WorkspaceSchema = SchemaFactory.createForClass(Workspace);

// Path: workspaces.service.ts, ensureFirst: two instances that start at once on an empty database make one workspace.
WorkspaceSchema.index({ isFirst: 1 }, { unique: true, partialFilterExpression: { isFirst: true } });
// Path: workspaces.service.ts, findDemoOf. Query: { demoOf }. Unique, so that two requests at once make one demo workspace.
WorkspaceSchema.index({ demoOf: 1 }, { unique: true, partialFilterExpression: { demoOf: { $exists: true } } });
