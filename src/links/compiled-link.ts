import type { Link } from './link.schema.js';
import { buildDestination, type DestinationRules } from './destination/destination.js';
import { parseUrlTemplate, type UrlTemplate } from './destination/url-template.js';

/** What of a link decides where its clicks go; also what is kept of it on the disk for a start without MongoDB. */
export const ROUTED_FIELDS = [
  '_id',
  'workspaceId',
  'number',
  'hostname',
  'slug',
  'url',
  'campaign',
  'clickIdParam',
  'forwardQuery',
  'redirectStatus',
  'clickLimit',
] as const satisfies (keyof Link)[];
export type RoutedLink = Pick<Link, (typeof ROUTED_FIELDS)[number]>;

/**
 * All that the redirect needs to know of a link, prepared once per change. There may be a hundred thousand of them in
 * memory: what can be worked out of something else is worked out when it is first needed.
 */
export class CompiledLink {
  /**
   * The destination of a click that brings no query, around its click id (`parts.join(clickId)`); `undefined` when macros
   * make each click's different.
   */
  readonly parts: readonly string[] | undefined;
  /** For `LinkCache`: when its look-up began, in milliseconds since 1970; negative for one that may be outdated. */
  checkedAt = -1;
  private template: UrlTemplate | undefined;

  /** @throws Error when the stored destination is not one; it was judged when it came in. */
  constructor(readonly link: RoutedLink) {
    const template = parse(link);
    const hasMacros = [template.base, template.fragment ?? [], ...template.query.map(({ value }) => value ?? [])]
      .flat()
      .some((part) => typeof part !== 'string' && part.name !== 'click_id');
    if (hasMacros) this.template = template;
    else this.parts = aroundClickId({ ...link, template }, link.url);
  }

  /** People are led on only so often. */
  get hasLimit(): boolean {
    return typeof this.link.clickLimit === 'number';
  }

  /** The part of a spooled click that is the same for all clicks of the link. */
  get owner(): string {
    return `${this.link.workspaceId}\n${this.link._id}\n`;
  }

  /** Taken apart now, if it was not before. */
  get destination(): DestinationRules {
    this.template ??= parse(this.link);
    const { clickIdParam, forwardQuery } = this.link;
    return { template: this.template, clickIdParam, forwardQuery };
  }
}

function parse(link: RoutedLink): UrlTemplate {
  const reading = parseUrlTemplate(link.url);
  if (!reading.ok) throw new Error(`link ${link._id} has a destination that can not be read: ${reading.message}`);
  return reading.template;
}

/** The destination built once with a mark for the click id, and cut at the marks. */
function aroundClickId(rules: DestinationRules, url: string): string[] {
  let mark = 'ClickIdStandsHere';
  while (`${url} ${rules.clickIdParam}`.includes(mark)) mark += 'x';
  return buildDestination(rules, { clickId: mark, query: [], valueOf: () => mark })
    .split(mark)
    .map(ownCopy);
}

/** What was cut out of a text keeps all of it in memory, and what was put together keeps its parts. A copy does not. */
export function ownCopy(wellFormed: string): string {
  return Buffer.from(wellFormed).toString();
}

/** Just the fields of `RoutedLink`: a stored link has more that need not be kept in memory. */
export function routedLink(link: RoutedLink): RoutedLink {
  return {
    _id: link._id,
    workspaceId: shared(link.workspaceId),
    number: link.number,
    hostname: shared(link.hostname),
    slug: link.slug,
    url: link.url,
    campaign: link.campaign,
    clickIdParam: link.clickIdParam === null ? null : shared(link.clickIdParam),
    forwardQuery: shared(link.forwardQuery),
    redirectStatus: link.redirectStatus,
    clickLimit: link.clickLimit,
  };
}

const MAX_SHARED = 10_000;
const sharedTexts = new Map<string, string>();

/** One copy in memory of a text that thousands of links have. */
function shared<T extends string>(text: T): T {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known as T;
  if (sharedTexts.size < MAX_SHARED) sharedTexts.set(text, text);
  return text;
}
