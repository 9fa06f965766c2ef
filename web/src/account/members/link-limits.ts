import type { Schema } from '../../api/client';
import type { Role } from '../roles';

/** The restrictions of a member as a form has them. The names of the lists are those of the API's errors. */
export interface RestrictionValues {
  hideMoney: boolean;
  isLimited: boolean;
  /** One a line. */
  'linkLimits.tags': string;
  'linkLimits.campaigns': string;
}

export const NO_RESTRICTIONS: RestrictionValues = {
  hideMoney: false,
  isLimited: false,
  'linkLimits.tags': '',
  'linkLimits.campaigns': '',
};

type Restrictions = Pick<Schema<'MemberResponse'>, 'hideMoney' | 'linkLimits'>;

export function canHideMoney(role: Role): boolean {
  return role === 'analyst';
}

export function canLimitLinks(role: Role): boolean {
  return role === 'analyst' || role === 'editor';
}

export function toValues({ hideMoney, linkLimits }: Restrictions): RestrictionValues {
  return {
    hideMoney,
    isLimited: linkLimits !== null,
    'linkLimits.tags': linkLimits?.tags.join('\n') ?? '',
    'linkLimits.campaigns': linkLimits?.campaigns.join('\n') ?? '',
  };
}

/** The restrictions that a role can have; those that it cannot have are left out. */
export function toRestrictions(values: RestrictionValues, role: Role): Partial<Restrictions> {
  const limits = { tags: linesOf(values['linkLimits.tags']), campaigns: linesOf(values['linkLimits.campaigns']) };
  return {
    ...(canHideMoney(role) && { hideMoney: values.hideMoney }),
    ...(canLimitLinks(role) && { linkLimits: values.isLimited ? limits : null }),
  };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}
