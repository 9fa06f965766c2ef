import type { Link, LinkPreview, ReferrerPolicy } from '../link.schema.js';
import { DEFAULT_ROTATION, type Rotation, type Rule, type Variant } from './routing/rule.js';

/**
 * The settings of a link that decide where its clicks go, beyond its destination. Most links have none, and then this object
 * is absent. It is kept as JSON on the disk; times are in milliseconds since 1970.
 */
export interface RoutingOptions {
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
  /** The destination is shown in a frame. The title is the link's. */
  cloak?: { title?: string };
  /** Reason of the suspension; a suspended link redirects to no destination. */
  suspended?: string;
  /** Cost of one click, as `0.05 USD`. */
  cost?: string;
}

/** The stored fields that routing options are made of. */
export const OPTION_FIELDS = [
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
  'cost',
] as const satisfies (keyof Link)[];

type Source = Pick<Link, (typeof OPTION_FIELDS)[number]>;

/** `undefined` when the link has none of them. */
export function routingOptionsOf(link: Source): RoutingOptions | undefined {
  const { rules, variants, rotation, startsAt, expiresAt, expiredUrl, fallbackUrl } = link;
  const options: RoutingOptions = {
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
    ...(link.cost && { cost: `${link.cost.amount} ${link.cost.currency}` }),
  };
  if (options.rules || options.variants) options.rotation = rotation ?? DEFAULT_ROTATION;
  return Object.keys(options).length === 0 ? undefined : options;
}

/** Options that decide neither whether a click is redirected nor where to. */
const PLAIN_OPTIONS: ReadonlySet<string> = new Set<keyof RoutingOptions>(['noIndex', 'referrerPolicy', 'cost']);

/** Whether a click needs LinkRouter: conditions to check, or another answer than a redirect. */
export function needsRouting(options: RoutingOptions | undefined): boolean {
  return options !== undefined && !Object.keys(options).every((name) => PLAIN_OPTIONS.has(name));
}
