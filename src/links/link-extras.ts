import type { Link, LinkPreview, ReferrerPolicy } from './link.schema.js';
import { DEFAULT_ROTATION, type Rotation, type Rule, type Variant } from './routing/rule.js';

/**
 * What of a link decides where its clicks go, beyond its destination. Most links have none of it, and so none of these in
 * memory. JSON keeps it as it is: times are in milliseconds since 1970.
 */
export interface LinkExtras {
  isPaused?: true;
  startsAt?: number;
  expiresAt?: number;
  expiredUrl?: string;
  fallbackUrl?: string;
  rules?: Rule[];
  variants?: Variant[];
  rotation?: Rotation;
  passwordHash?: string;
  preview?: LinkPreview;
  noIndex?: boolean;
  referrerPolicy?: ReferrerPolicy;
  /** Its destination is shown in a frame. The title is the link's. */
  cloak?: { title?: string };
  /** Why it leads nowhere. */
  suspended?: string;
}

/** The stored fields that extras are made of. */
export const EXTRA_FIELDS = [
  'paused',
  'startsAt',
  'expiresAt',
  'expiredUrl',
  'fallbackUrl',
  'rules',
  'variants',
  'rotation',
  'passwordHash',
  'preview',
  'noIndex',
  'referrerPolicy',
  'cloak',
  'title',
  'suspended',
] as const satisfies (keyof Link)[];

type Source = Pick<Link, (typeof EXTRA_FIELDS)[number]>;

/** `undefined` when the link has nothing of the kind. */
export function extrasOf(link: Source): LinkExtras | undefined {
  const { rules, variants, rotation, startsAt, expiresAt, expiredUrl, fallbackUrl } = link;
  const extras: LinkExtras = {
    ...(link.paused && { isPaused: true as const }),
    ...(startsAt && { startsAt: startsAt.getTime() }),
    ...(expiresAt && { expiresAt: expiresAt.getTime() }),
    ...(expiredUrl && { expiredUrl }),
    ...(fallbackUrl && { fallbackUrl }),
    ...(rules && rules.length > 0 && { rules }),
    ...(variants && variants.length > 0 && { variants }),
    ...(link.passwordHash && { passwordHash: link.passwordHash }),
    ...(link.preview && { preview: link.preview }),
    ...(typeof link.noIndex === 'boolean' && { noIndex: link.noIndex }),
    ...(link.referrerPolicy && { referrerPolicy: link.referrerPolicy }),
    ...(link.cloak && { cloak: link.title ? { title: link.title } : {} }),
    ...(link.suspended && { suspended: link.suspended.reason }),
  };
  if (extras.rules || extras.variants) extras.rotation = rotation ?? DEFAULT_ROTATION;
  return Object.keys(extras).length === 0 ? undefined : extras;
}

/** Those that are no more than a header of the answer, for whomever it is. */
const HEADERS: ReadonlySet<string> = new Set<keyof LinkExtras>(['noIndex', 'referrerPolicy']);

/** Whether visitors have to be looked at, or get something else than a redirect. */
export function needsGuide(extras: LinkExtras | undefined): boolean {
  return extras !== undefined && !Object.keys(extras).every((name) => HEADERS.has(name));
}
