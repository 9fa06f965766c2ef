import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Money } from '../platform/money/money.js';
import type { ForwardQuery } from './rules/destination/destination.js';
import type { Rotation, Rule, Variant } from './rules/routing/rule.js';

export const REDIRECT_STATUSES = [301, 302, 303, 307, 308] as const;
export type RedirectStatus = (typeof REDIRECT_STATUSES)[number];

/** What a destination may be told of the page that people came from (W3C, Referrer Policy). */
export const REFERRER_POLICIES = [
  'no-referrer',
  'no-referrer-when-downgrade',
  'origin',
  'origin-when-cross-origin',
  'same-origin',
  'strict-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
] as const;
export type ReferrerPolicy = (typeof REFERRER_POLICIES)[number];

/** What a page about the link shows, and what those are told who fetch previews. */
export interface LinkPreview {
  title?: string | undefined;
  description?: string | undefined;
  /** https */
  image?: string | undefined;
}

/** Why a link leads nowhere: its destination is on a list of what is known to do harm. */
export interface Suspension {
  /** `blocklist`, or what an operator has said. */
  reason: string;
  at: Date;
}

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

  /** What it is found by: the key of its slug, then those of `formerSlugs`; see link-addresses.service.ts. */
  @Prop({ type: [String], required: true })
  slugKeys: string[];

  /** Slugs that it had before and that still lead to it. */
  @Prop({ type: [String], default: undefined })
  formerSlugs?: string[] | undefined;

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

  /** Before that it leads nobody on. */
  @Prop({ type: Date })
  startsAt?: Date | null | undefined;

  @Prop({ type: Date })
  expiresAt?: Date | null | undefined;

  /** Where people go who come later than `expiresAt`. Template, as `fallbackUrl`. */
  @Prop({ type: String })
  expiredUrl?: string | null | undefined;

  /** Where people go while the link is paused, not begun, used up or (without `expiredUrl`) expired. */
  @Prop({ type: String })
  fallbackUrl?: string | null | undefined;

  /** Ordered; the first one that holds decides. Absent: none, as all of these. */
  @Prop({ type: [Object], default: undefined })
  rules?: Rule[] | undefined;

  @Prop({ type: [Object], default: undefined })
  variants?: Variant[] | undefined;

  @Prop({ type: Object })
  rotation?: Rotation | null | undefined;

  /** argon2id, in its usual text form; see password/. */
  @Prop({ type: String })
  passwordHash?: string | null | undefined;

  @Prop({ type: Object })
  preview?: LinkPreview | null | undefined;

  /** `null`: as its domain says. */
  @Prop({ type: Boolean })
  noIndex?: boolean | null | undefined;

  /** `null`: as the browser has it. */
  @Prop({ type: String })
  referrerPolicy?: ReferrerPolicy | null | undefined;

  /** The destination is shown within a page of ours instead of being redirected to. */
  @Prop({ type: Boolean })
  cloak?: boolean | null | undefined;

  @Prop({ type: Object })
  suspended?: Suspension | null | undefined;

  /** Kept out of lists; it still leads people on. */
  @Prop({ type: Date })
  archivedAt?: Date | null | undefined;

  /** Where its traffic is bought or comes from. */
  @Prop({ type: String })
  sourceId?: string | null | undefined;

  /** Of one click. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  cost?: Money | null | undefined;

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

  @Prop({ type: Date })
  deletedAt?: Date | null | undefined;
}

export const LinkSchema = SchemaFactory.createForClass(Link);

// Path: link.read-model.ts, the redirect. Query: { hostname, slugKeys, workspaceId, live }. Also what keeps a slug from being given
// twice within a workspace: a hostname may have had another owner, whose links keep their slugs and are not served.
LinkSchema.index(
  { hostname: 1, slugKeys: 1, workspaceId: 1 },
  { unique: true, partialFilterExpression: { live: true, slugKeys: { $exists: true } } },
);
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
