import type { LinkLimits } from '../../caller.js';

/** The properties of a link that decide whether it lies within limits. */
export interface LimitedLink {
  tags: readonly string[];
  campaign?: string | null | undefined;
}

/** Whether a link has one of the tags, or is of one of the campaigns. Limits without either contain no link. */
export function isWithinLimits(limits: LinkLimits | null, { tags, campaign }: LimitedLink): boolean {
  if (limits === null) return true;
  return tags.some((tag) => limits.tags.includes(tag)) || (!!campaign && limits.campaigns.includes(campaign));
}

/** A condition on stored links. */
export interface LimitsCondition {
  $or?: object[];
}

/** The same as a condition for MongoDB. Empty without limits, so that queries of others stay as they are. */
export function limitsCondition(limits: LinkLimits | null): LimitsCondition {
  if (limits === null) return {};
  return { $or: [{ tags: { $in: limits.tags } }, { campaign: { $in: limits.campaigns.filter(Boolean) } }] };
}

/** Why a member may not store such a link, or `undefined`. */
export function limitsProblem(limits: LinkLimits | null, link: LimitedLink): string | undefined {
  if (isWithinLimits(limits, link)) return undefined;
  const { tags = [], campaigns = [] } = limits ?? {};
  const needed = [
    ...(tags.length > 0 ? [`one of the tags ${tags.join(', ')}`] : []),
    ...(campaigns.length > 0 ? [`one of the campaigns ${campaigns.join(', ')}`] : []),
  ];
  const advice = needed.length > 0 ? `give it ${needed.join(', or ')}` : 'ask an owner or admin for some';
  return `You may only work with some links, and this would not be one of them: ${advice}.`;
}
