import { dayInZone } from '../../../platform/time/time-zone.js';
import { type HasUrls, IMAGE, urlsOf } from '../link-urls.js';
import type { AppendRules, LinkWarning } from './link-warning.js';
import { urlFindings } from './url-warnings.js';

const MAX_WARNINGS = 50;

interface HasConditions {
  when: readonly { field: string; op: string; values: readonly string[]; timezone?: string | null | undefined }[];
}

/** The checked fields of a link, stored or about to be stored. */
export interface WarnedLink extends HasUrls, AppendRules {
  expiresAt?: Date | null | undefined;
  clickLimit?: number | null | undefined;
  rules?: readonly (HasConditions & NonNullable<HasUrls['rules']>[number])[] | null | undefined;
}

/** Facts that are not in the link's fields. */
export interface WarningContext {
  now: Date;
  /** Human clicks that have counted against `clickLimit`; `undefined` when not looked up. */
  used?: number | undefined;
}

/**
 * Problems of a link that its fields show. Warnings never refuse a link. Pure and cheap, so that lists and the dry run of
 * an import can call it for each link. A warning about several URLs is given for the first.
 */
export function linkWarnings(link: WarnedLink, { now, used }: WarningContext): LinkWarning[] {
  const ofUrls = urlsOf(link).flatMap(({ path, url }) =>
    urlFindings(url, path === IMAGE ? undefined : link, now.getTime()).map(
      ({ code, message, suggestion }): LinkWarning => ({ code, path, message, ...(suggestion && { suggestion }) }),
    ),
  );
  const all = [...ofUrls, ...endWarnings(link, now), ...limitWarnings(link, used), ...ruleWarnings(link, now)];
  const once = new Map(all.toReversed().map((warning) => [`${warning.code} ${warning.message}`, warning]));
  return [...once.values()].toReversed().slice(0, MAX_WARNINGS);
}

function endWarnings({ expiresAt }: WarnedLink, now: Date): LinkWarning[] {
  if (!expiresAt || expiresAt > now) return [];
  const message = `The link ended at ${expiresAt.toISOString()}, so visitors do not reach its destination. Set another end, or null.`;
  return [{ code: 'already_expired', path: 'expiresAt', message }];
}

function limitWarnings({ clickLimit }: WarnedLink, used: number | undefined): LinkWarning[] {
  if (typeof clickLimit !== 'number' || used === undefined || used < clickLimit) return [];
  const message = `The link has had ${used} human clicks, and its limit is ${clickLimit}. Set a higher limit, or null.`;
  return [{ code: 'limit_reached', path: 'clickLimit', message }];
}

/** Rules that cannot match again, because their dates have passed. */
function ruleWarnings({ rules }: WarnedLink, now: Date): LinkWarning[] {
  return (rules ?? []).flatMap(({ when }, i): LinkWarning[] => {
    const over = when.find(({ field, op, values, timezone }) => {
      if (field !== 'date' || op !== 'in') return false;
      const today = dayInZone(now.getTime(), timezone ?? 'UTC');
      return values.every((value) => lastDay(value) < today);
    });
    if (over === undefined) return [];
    const message = `The rule matches on ${over.values.slice(0, 3).join(', ')} only, which is in the past: no visitor matches it any more. Change its dates, or remove the rule.`;
    return [{ code: 'rule_over', path: `rules.${i}.when`, message }];
  });
}

function lastDay(value: string): string {
  const end = value.includes('..') ? value.split('..')[1] : value;
  return end === undefined || end === '' ? '9999-12-31' : end;
}
