import { definedOnly } from '../../platform/collections/defined-only.js';
import { parseEnd, parseStart } from '../../platform/time/day-times.js';
import type { RoutingFields } from '../link-fields.dto.js';
import type { Link, LinkPreview } from '../link.schema.js';
import { normalUrl, toRotation, toRules, toVariants } from './routing/to-routing.js';

type StoredFields = Pick<
  Link,
  | 'startsAt'
  | 'expiresAt'
  | 'expiredUrl'
  | 'fallbackUrl'
  | 'rules'
  | 'variants'
  | 'rotation'
  | 'preview'
  | 'noIndex'
  | 'referrerPolicy'
  | 'cloak'
  | 'archivedAt'
  | 'sourceId'
  | 'cost'
>;

/**
 * A request's fields as they are stored. Absent fields stay absent. The password is not included.
 * @param timezone the workspace's: a date without a time is the beginning or the end of its day there.
 */
export function toStoredFields(input: RoutingFields, now: Date, timezone: string): Partial<StoredFields> {
  const { startsAt, expiresAt, expiredUrl, fallbackUrl, rules, variants, rotation, preview, archived } = input;
  const { noIndex, referrerPolicy, cloak, sourceId, cost } = input;
  return {
    ...definedOnly({ noIndex, referrerPolicy, cloak, sourceId }),
    ...definedOnly({ cost: cost && { amount: cost.amount, currency: cost.currency } }),
    ...definedOnly({ startsAt: mapped(startsAt, (text) => parseStart(text, timezone)) }),
    ...definedOnly({ expiresAt: mapped(expiresAt, (text) => parseEnd(text, timezone)) }),
    ...definedOnly({ expiredUrl: mapped(expiredUrl, normalUrl), fallbackUrl: mapped(fallbackUrl, normalUrl) }),
    ...definedOnly({ rotation: mapped(rotation, toRotation), preview: mapped(preview, toPreview) }),
    ...(rules !== undefined && { rules: toRules(rules ?? []) }),
    ...(variants !== undefined && { variants: toVariants(variants ?? []) }),
    ...(archived !== undefined && { archivedAt: archived ? now : null }),
  };
}

function toPreview({ title, description, image }: NonNullable<RoutingFields['preview']>): LinkPreview {
  return { ...(title && { title }), ...(description && { description }), ...(image && { image: normalUrl(image) }) };
}

/** Maps a value. `null` clears a field and stays; absent fields stay absent. */
function mapped<T, R>(value: T | null | undefined, map: (value: T) => R): R | null | undefined {
  if (value === null) return null;
  return value === undefined ? undefined : map(value);
}
