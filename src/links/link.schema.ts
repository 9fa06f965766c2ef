import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import { replacedIndexes } from '../platform/mongo/replaced-indexes.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { Money } from '../platform/money/money.js';
import type { ForwardQuery } from './rules/destination/destination.js';
import type { Rotation, Rule, Variant } from './rules/routing/rule.js';

export const REDIRECT_STATUSES = [301, 302, 303, 307, 308] as const;
export type RedirectStatus = (typeof REDIRECT_STATUSES)[number];

/** The values of `Referrer-Policy` (W3C). */
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

/** Content of the preview page and of previews in messengers. */
export interface LinkPreview {
  title?: string | undefined;
  description?: string | undefined;
  /** https */
  image?: string | undefined;
}

/** The reason why a link does not redirect: its destination is on a blocklist. */
export interface Suspension {
  /** `blocklist`, or the reason that an operator has given. */
  reason: string;
  at: Date;
}

/** A slug on a domain, with its destination. */
@Schema({ collection: 'links', versionKey: false })
export class Link {
  @Prop({ type: String, required: true })
  _id: string;

  @Prop({ type: String, required: true })
  workspaceId: WorkspaceId;

  /** Unique over all workspaces. It is part of click ids, and therefore a number. */
  @Prop({ type: Number, required: true })
  number: number;

  /** The domain's name. A domain cannot be renamed. */
  @Prop({ type: String, required: true })
  hostname: string;

  @Prop({ type: String, required: true })
  slug: string;

  /** Keys by which it is found: of its slug, then of `formerSlugs`; see link-addresses.service.ts. */
  @Prop({ type: [String], required: true })
  slugKeys: string[];

  /** Earlier slugs that still lead to it. */
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

  /** Maximum number of human clicks; see click-limits.repository.ts. */
  @Prop({ type: Number })
  clickLimit?: number | null | undefined;

  @Prop({ type: String })
  networkId?: string | null | undefined;

  @Prop({ type: Boolean, required: true })
  paused: boolean;

  /** Before this time it does not redirect to its destination. */
  @Prop({ type: Date })
  startsAt?: Date | null | undefined;

  @Prop({ type: Date })
  expiresAt?: Date | null | undefined;

  /** Destination after `expiresAt`. A template, like `fallbackUrl`. */
  @Prop({ type: String })
  expiredUrl?: string | null | undefined;

  /** Destination while the link is paused, not started, used up or (without `expiredUrl`) expired. */
  @Prop({ type: String })
  fallbackUrl?: string | null | undefined;

  /** Ordered; the first rule that matches decides. Like all fields here, absent when there are none. */
  @Prop({ type: [Object], default: undefined })
  rules?: Rule[] | undefined;

  @Prop({ type: [Object], default: undefined })
  variants?: Variant[] | undefined;

  @Prop({ type: Object })
  rotation?: Rotation | null | undefined;

  /** argon2id hash in PHC string format; see password/. */
  @Prop({ type: String })
  passwordHash?: string | null | undefined;

  @Prop({ type: Object })
  preview?: LinkPreview | null | undefined;

  /** `null`: the setting of its domain applies. */
  @Prop({ type: Boolean })
  noIndex?: boolean | null | undefined;

  /** `null`: the browser's default applies. */
  @Prop({ type: String })
  referrerPolicy?: ReferrerPolicy | null | undefined;

  /** True: the destination is shown in a frame, without a redirect. */
  @Prop({ type: Boolean })
  cloak?: boolean | null | undefined;

  @Prop({ type: Object })
  suspended?: Suspension | null | undefined;

  /** Archived links are left out of lists, but still redirect. */
  @Prop({ type: Date })
  archivedAt?: Date | null | undefined;

  /** The traffic source of the link. */
  @Prop({ type: String })
  sourceId?: string | null | undefined;

  /** Cost of one click. */
  @Prop({ type: { _id: false, amount: String, currency: String } })
  cost?: Money | null | undefined;

  @Prop({ type: Date, required: true })
  createdAt: Date;

  @Prop({ type: Date, required: true })
  updatedAt: Date;

  /**
   * False for a deleted link. Its document is kept: conversions of its clicks still arrive, and its number must not be
   * reused. Its slug and externalId are free again.
   */
  @Prop({ type: Boolean, required: true })
  live: boolean;

  @Prop({ type: Date })
  deletedAt?: Date | null | undefined;
}

export const LinkSchema = SchemaFactory.createForClass(Link);

// Path: link.read-model.ts, the redirect. Query: { hostname, slugKeys, workspaceId, live }. Unique, so that a
// slug exists once in a workspace: a hostname may have had another owner, whose links keep their slugs and are not served.
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
// Path: link.read-model.ts, changes while Redis was silent. Query: { updatedAt } since a time
LinkSchema.index({ updatedAt: 1 });
// Path: links.controller.ts, list. Query: { workspaceId, live } newest first
LinkSchema.index({ workspaceId: 1, live: 1, _id: -1 });
// By it, only one workspace could use a slug of a hostname.
replacedIndexes(LinkSchema, 'hostname_1_slugKeys_1');
