import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ForwardQuery } from './destination/destination.js';

export const REDIRECT_STATUSES = [301, 302, 303, 307, 308] as const;
export type RedirectStatus = (typeof REDIRECT_STATUSES)[number];

/** A slug on a domain and where it leads. */
@Schema({ collection: 'links', versionKey: false })
export class Link {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Short and unique over all workspaces: click ids carry it. */
  @Prop({ type: Number, required: true })
  number: number;

  /** The domain's name; a domain can not be renamed. */
  @Prop({ type: String, required: true })
  hostname: string;

  @Prop({ type: String, required: true })
  slug: string;

  /** Destination template in its normal form. */
  @Prop({ type: String, required: true })
  url: string;

  @Prop({ type: String })
  externalId?: string | null | undefined;

  @Prop({ type: String })
  title?: string | null | undefined;

  @Prop({ type: [String] })
  tags: string[];

  @Prop({ type: String })
  notes?: string | null | undefined;

  @Prop({ type: String })
  campaign?: string | null | undefined;

  /** `null`: the click id is not appended. */
  @Prop({ type: String })
  clickIdParam: string | null;

  @Prop({ type: String, required: true })
  forwardQuery: ForwardQuery;

  @Prop({ type: Number, required: true })
  redirectStatus: RedirectStatus;

  /** People that it leads on, at most; see click-limits.repository.ts. */
  @Prop({ type: Number })
  clickLimit?: number | null | undefined;

  @Prop({ type: String })
  networkId?: string | null | undefined;

  @Prop({ type: Boolean, required: true })
  paused: boolean;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;

  /**
   * False once it is deleted. The document stays: conversions of its clicks still come in, and its number must not be
   * given to another link. Its slug and externalId are free again.
   */
  @Prop({ type: Boolean, required: true })
  live: boolean;
}

export const LinkSchema = SchemaFactory.createForClass(Link);

// Path: link.read-model.ts, the redirect. Query: { hostname, slug, live }. Also what keeps a slug from being given twice.
LinkSchema.index({ hostname: 1, slug: 1 }, { unique: true, partialFilterExpression: { live: true } });
// Path: link.read-model.ts, attribution of a conversion. Query: { number }
LinkSchema.index({ number: 1 }, { unique: true });
// Path: links.service.ts, ext_<externalId>. Query: { workspaceId, externalId, live }
LinkSchema.index(
  { workspaceId: 1, externalId: 1 },
  { unique: true, partialFilterExpression: { live: true, externalId: { $type: 'string' } } },
);
// Path: link.read-model.ts, what has changed while Redis was silent. Query: { updatedAt } since a time
LinkSchema.index({ updatedAt: 1 });
// Path: links.controller.ts, list. Query: { workspaceId, live } newest first
LinkSchema.index({ workspaceId: 1, live: 1, _id: -1 });
