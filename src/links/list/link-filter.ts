import { asHostname } from '../../domains/rules/hostname.js';
import { firstIdAt } from '../../platform/ids/ids.js';
import { containing } from '../../platform/mongo/containing.js';
import type { Within } from '../../platform/mongo/tenant.repository.js';
import { parseTime } from '../../platform/time/parse-time.js';
import type { LinkLimits } from '../../workspaces/caller.js';
import { limitsCondition } from '../../workspaces/restrictions/rules/link-limits.js';
import type { Link } from '../link.schema.js';
import type { LinkFilterQuery } from './link-list.dto.js';

const MAX_WORDS = 5;
const SEARCHED = ['slug', 'title', 'url', 'notes', 'externalId'] as const;

/**
 * The filter of a query. Its times are instants: dates without a time must be resolved before.
 * @param limits the links that the viewer may see; `null`: all.
 */
export function linkFilter(query: LinkFilterQuery, limits: LinkLimits | null, now = new Date()): Within<Link> {
  const { tag, tagMode, domain, archived = 'false', paused, expired, suspended, hasRules } = query;
  const conditions: object[] = [
    ...(query.id === undefined ? [] : [{ _id: { $in: query.id } }]),
    ...(query.search === undefined ? [] : searchConditions(query.search)),
    ...(tag === undefined || tag.length === 0 ? [] : [{ tags: tagMode === 'all' ? { $all: tag } : { $in: tag } }]),
    ...(query.campaign === undefined ? [] : [{ campaign: query.campaign }]),
    ...(domain === undefined ? [] : [{ hostname: asHostname(domain) }]),
    ...(query.networkId === undefined ? [] : [{ networkId: query.networkId }]),
    ...(query.sourceId === undefined ? [] : [{ sourceId: query.sourceId }]),
    ...(archived === 'all' ? [] : [{ archivedAt: archived === 'true' ? { $ne: null } : null }]),
    ...(paused === undefined ? [] : [{ paused: paused === 'true' }]),
    ...(suspended === undefined ? [] : [{ suspended: suspended === 'true' ? { $ne: null } : null }]),
    ...(expired === undefined ? [] : [expired === 'true' ? { expiresAt: { $lte: now } } : notExpired(now)]),
    ...(hasRules === undefined
      ? []
      : [hasRules === 'true' ? { $or: HAS_RULES_OR_VARIANTS } : { $nor: HAS_RULES_OR_VARIANTS }]),
    ...idRange(query.createdFrom, query.createdTo),
    ...(limits === null ? [] : [limitsCondition(limits)]),
  ];
  return { live: true, ...(conditions.length > 0 && { $and: conditions }) } as Within<Link>;
}

const HAS_RULES_OR_VARIANTS = [{ 'rules.0': { $exists: true } }, { 'variants.0': { $exists: true } }];

/** Each word must occur in one of the fields. */
function searchConditions(search: string): object[] {
  const words = search.trim().split(/\s+/).slice(0, MAX_WORDS);
  return words.map((word) => ({ $or: SEARCHED.map((field) => ({ [field]: containing(word) })) }));
}

function notExpired(now: Date): object {
  return { $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] };
}

/** Ids begin with the time, and the list's index is by id. */
function idRange(from: string | undefined, to: string | undefined): object[] {
  const [first, last] = [from, to].map((text) => (text === undefined ? undefined : parseTime(text)));
  return [
    ...(first ? [{ _id: { $gte: firstIdAt('lnk', first) } }] : []),
    ...(last ? [{ _id: { $lt: firstIdAt('lnk', last) } }] : []),
  ];
}
