import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { replacedIndexes } from '../platform/mongo/replaced-indexes.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';

export type DomainStatus = 'pending' | 'verified';

export const ROBOTS = ['noindex', 'index'] as const;
/** The instruction for search engines about everything that a domain serves. */
export type Robots = (typeof ROBOTS)[number];

/** One finding of a check of a domain's DNS. */
export interface CheckFinding {
  code: string;
  /** A sentence for people: what was found and what to set. */
  message: string;
  record: { type: string; name: string; value: string };
  /** The values that DNS has now. */
  found: string[];
}

/** A hostname that serves short links. Optional fields are missing in documents of earlier versions. */
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

  /** The value of the TXT record. Each claim has its own, so that a proof is valid for one workspace only. */
  @Prop({ type: String })
  token?: string;

  /** A made-up hostname of a demo workspace: it serves nothing, and is never looked up. */
  @Prop({ type: Boolean })
  isDemo?: true;

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

  /** Files for apps, as the text that is served; see rules/app-files/. Up to 128 KiB each: leave them out of lists. */
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

  /** Time of the last DNS check, and its findings. */
  @Prop({ type: Date })
  checkedAt?: Date;

  @Prop({ type: [Object], default: undefined })
  problems?: CheckFinding[];

  @Prop({ type: [Object], default: undefined })
  warnings?: CheckFinding[];

  /** Time of the next check of a verified domain; none when the operator's settings verify it. */
  @Prop({ type: Date })
  nextCheckAt?: Date;

  /** Number of consecutive daily checks that did not find the proof. */
  @Prop({ type: Number })
  failures?: number;

  /** Time at which it stopped being verified because its proof was missing. */
  @Prop({ type: Date })
  lostAt?: Date;
}

export const DomainSchema = SchemaFactory.createForClass(Domain);

// Path: domain-cache.service.ts. Query: { status: verified }, { hostname, status: verified }. Unique, so that a
// hostname has one owner: every workspace may claim it, the first to prove it gets it.
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
// It would refuse a second claim of a hostname.
replacedIndexes(DomainSchema, 'hostname_1');
