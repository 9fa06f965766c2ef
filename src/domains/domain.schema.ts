import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

export type DomainStatus = 'pending' | 'verified';

/** A hostname that serves short links. It belongs to one workspace. */
@Schema({ collection: 'domains', versionKey: false })
export class Domain {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Lower case, punycode, without port: `go.brand.com`. */
  @Prop({ type: String, required: true })
  hostname: string;

  @Prop({ type: String, required: true })
  status: DomainStatus;

  @Prop({ type: Date, required: true })
  createdAt: Date;
}

export const DomainSchema = SchemaFactory.createForClass(Domain);

// Path: redirect, tls-allow, links.service.ts. Query: { hostname }. Also what keeps a hostname from having two owners.
DomainSchema.index({ hostname: 1 }, { unique: true });
// Path: domains.controller.ts, list. Query: { workspaceId } newest first
DomainSchema.index({ workspaceId: 1, _id: -1 });
