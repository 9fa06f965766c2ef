import { definedOnly } from '../../platform/collections/defined-only.js';
import type { FieldProblem } from '../../platform/http/problems/problem.js';
import { withUtm } from './destination/utm.js';
import { toStoredFields } from './link-fields.js';
import type { Link } from '../link.schema.js';
import type { CreateLinkRequest, UpdateLinkRequest } from '../links.dto.js';
import { normalUrl } from './routing/to-routing.js';

const PLAIN_FIELDS = [
  'externalId',
  'title',
  'tags',
  'notes',
  'campaign',
  'clickIdParam',
  'forwardQuery',
  'redirectStatus',
  'networkId',
  'clickLimit',
  'paused',
] as const satisfies (keyof Link & keyof UpdateLinkRequest)[];

/** A request's fields as they are stored, but for its slug and its domain; those that it leaves out are left out. */
export function toLinkInput(input: UpdateLinkRequest, now: Date, timezone: string): Partial<Link> {
  const plain = definedOnly(Object.fromEntries(PLAIN_FIELDS.map((field) => [field, input[field]])));
  return {
    ...(plain as Partial<Link>),
    ...(input.tags !== undefined && { tags: [...new Set(input.tags)] }),
    ...toStoredFields(input, now, timezone),
    ...(input.url !== undefined && { url: normalUrl(input.url) }),
  };
}

/** The request with its campaign parameters put into its destination. @param url where it leads if the request does not say. */
export function builtUrl(
  input: Pick<CreateLinkRequest, 'utm'> & { url?: string },
  url = input.url,
): string | undefined {
  const { utm } = input;
  return utm === undefined || utm === null || url === undefined ? input.url : withUtm(input.url ?? url, utm);
}

export interface SlugChange {
  slug: string;
  slugKeys: string[];
  formerSlugs: string[];
}

/** So many former slugs of a link lead to it. */
export const MAX_FORMER_SLUGS = 50;

/** The slugs of a link after a change of its slug. @param keyOf see `LinkAddresses`. */
export function changedSlug(
  before: Pick<Link, 'slug' | 'formerSlugs'>,
  slug: string,
  keepsOld: boolean,
  keyOf: (slug: string) => string,
): SlugChange {
  const isOther = (other: string): boolean => keyOf(other) !== keyOf(slug);
  const former = (before.formerSlugs ?? []).filter(isOther);
  if (keepsOld && isOther(before.slug)) former.unshift(before.slug);
  return { slug, formerSlugs: former, slugKeys: [slug, ...former].map(keyOf) };
}

export const TOO_MANY_FORMER_SLUGS: FieldProblem = {
  path: 'keepOldSlug',
  code: 'too_many',
  message: `${MAX_FORMER_SLUGS} former slugs already lead to this link; remove one first`,
};

/**
 * A link that ends before it begins never leads anywhere.
 * @param link as it would be. @param change what the request gives: what was stored before is not refused.
 */
export function periodProblems(
  { startsAt, expiresAt }: Pick<Partial<Link>, 'startsAt' | 'expiresAt'>,
  change: Pick<UpdateLinkRequest, 'startsAt' | 'expiresAt'>,
): FieldProblem[] {
  const isGiven = typeof change.startsAt === 'string' || typeof change.expiresAt === 'string';
  if (!isGiven || !startsAt || !expiresAt || startsAt < expiresAt) return [];
  const path = typeof change.expiresAt === 'string' ? 'expiresAt' : 'startsAt';
  const message = `the link would end (${expiresAt.toISOString()}) before it begins (${startsAt.toISOString()})`;
  return [{ path, code: 'ends_before_start', message }];
}

export const NO_SUCH_NETWORK: FieldProblem = {
  path: 'networkId',
  code: 'not_found',
  message: 'there is no such network in this workspace',
};

export function noSuchDomain(hostname: string | undefined): FieldProblem {
  const message =
    hostname === undefined
      ? 'this workspace has no verified domain yet'
      : 'this is not a verified domain of this workspace';
  return { path: 'domain', code: 'not_found', message };
}
