import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

export type DomainStatus = 'pending' | 'verified';

export const ROBOTS = ['noindex', 'index'] as const;
/** What search engines are told about all that a domain serves. */
export type Robots = (typeof ROBOTS)[number];

/** One thing that a check of a domain's DNS found. */
export interface CheckFinding {
  code: string;
  /** What was found and what to set, for people. */
  message: string;
  record: { type: string; name: string; value: string };
  /** The values that stand there now. */
  found: string[];
}

/** A hostname that serves short links. Fields that may be missing are so in what was stored before they existed. */
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

  /** What the TXT record must say. Another one for each claim, so that a proof is good for one workspace only. */
  @Prop({ type: String })
  token?: string;

  @Prop({ type: Boolean })
  isPrimary?: boolean;

  @Prop({ type: Boolean })
  isArchived?: boolean;

  @Prop({ type: String, default: undefined })
  title?: string | null;

  @Prop({ type: String, default: undefined })
  rootUrl?: string | null;

  @Prop({ type: String, default: undefined })
  notFoundUrl?: string | null;

  @Prop({ type: String, default: undefined })
  expiredUrl?: string | null;

  @Prop({ type: Boolean })
  caseSensitive?: boolean;

  @Prop({ type: String })
  robots?: Robots;

  /** Files for apps, as the text that is served; see app-files/. Up to 128 KiB each: not to be read where many domains are. */
  @Prop({ type: String, default: undefined })
  appleAppSiteAssociation?: string | null;

  @Prop({ type: String, default: undefined })
  assetLinks?: string | null;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date })
  updatedAt?: Date;

  @Prop({ type: Date })
  verifiedAt?: Date;

  /** When its DNS was last looked at, and what was found wrong then. */
  @Prop({ type: Date })
  checkedAt?: Date;

  @Prop({ type: [Object], default: undefined })
  problems?: CheckFinding[];

  @Prop({ type: [Object], default: undefined })
  warnings?: CheckFinding[];

  /** When a verified domain is to be checked again; none where the operator's settings vouch for it. */
  @Prop({ type: Date })
  nextCheckAt?: Date;

  /** Daily checks in a row that did not find the proof. */
  @Prop({ type: Number })
  failures?: number;

  /** When it stopped being verified because its proof was gone. */
  @Prop({ type: Date })
  lostAt?: Date;
}

export const DomainSchema = SchemaFactory.createForClass(Domain);

// Path: domain-cache.service.ts. Query: { status: verified }, { hostname, status: verified }. Also what keeps a hostname
// from having two owners: anybody may claim it, the first to prove it gets it.
DomainSchema.index(
  { hostname: 1 },
  { unique: true, name: 'hostname_verified', partialFilterExpression: { status: 'verified' } },
);
// Path: domains.service.ts, create. No workspace claims a hostname twice.
DomainSchema.index({ workspaceId: 1, hostname: 1 }, { unique: true });
// Path: domains.service.ts, update. No workspace has two primary domains.
DomainSchema.index({ workspaceId: 1 }, { unique: true, name: 'primary', partialFilterExpression: { isPrimary: true } });
// Path: domains.controller.ts, list. Query: { workspaceId } newest first
DomainSchema.index({ workspaceId: 1, _id: -1 });
// Path: domain-rechecks.service.ts. Query: { status: verified, nextCheckAt: { $lte } }
DomainSchema.index({ nextCheckAt: 1 }, { partialFilterExpression: { status: 'verified' } });
