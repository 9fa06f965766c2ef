import { isDeepStrictEqual } from 'node:util';
import { ownCopy } from '../../platform/text/own-copy.js';
import type { Link } from '../link.schema.js';
import { isAppendable } from './destination/appendable.js';
import { buildDestination, type DestinationRules } from './destination/destination.js';
import { isDeviceMacro, isGeoMacro } from './destination/macros.js';
import { macrosOf, parseUrlTemplate, type UrlTemplate } from './destination/url-template.js';
import { OPTION_FIELDS, routingOptionsOf, type RoutingOptions, needsRouting } from './routing-options.js';
import { compileRouting, type CompiledRouting } from './routing/compiled-routing.js';

const BASE_FIELDS = [
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

/** The stored fields that a routed link is made of. */
export const ROUTED_FIELDS = [...BASE_FIELDS, ...OPTION_FIELDS] as const;

/** The settings of a link that decide where its clicks go. They are also kept on the disk for a start without MongoDB. */
export type RoutedLink = Pick<Link, (typeof BASE_FIELDS)[number]> & { options?: RoutingOptions | undefined };

/**
 * A link prepared for the redirect, once per change. A hundred thousand of them may be in memory, so derived values are made
 * when they are first needed.
 */
export class CompiledLink {
  /**
   * The destination of a click that brings no query, around its click id (`parts.join(clickId)`); `undefined` when macros
   * make each click's different.
   */
  readonly parts: readonly string[] | undefined;
  /** Every click goes to the one destination, without conditions and look-ups. */
  readonly isDirect: boolean;
  private template: UrlTemplate | undefined;
  private elsewhere: Map<string, DestinationRules> | undefined;
  private compiled: CompiledRouting | undefined;

  /** @throws Error when the stored destination is not one; it was judged when it came in. */
  constructor(readonly routed: RoutedLink) {
    const template = parse(routed._id, routed.url);
    const macros = macrosOf(template);
    if (macros.some(({ name }) => name !== 'click_id')) this.template = template;
    else this.parts = aroundClickId(this.rulesOf(template, routed.url), routed.url);
    this.isDirect =
      !needsRouting(routed.options) &&
      !this.hasLimit &&
      !this.isWildcard &&
      !macros.some((macro) => isGeoMacro(macro) || isDeviceMacro(macro));
  }

  get id(): string {
    return this.routed._id;
  }

  get workspaceId(): RoutedLink['workspaceId'] {
    return this.routed.workspaceId;
  }

  /** The link's number in its click ids. */
  get number(): number {
    return this.routed.number;
  }

  get hostname(): string {
    return this.routed.hostname;
  }

  get url(): string {
    return this.routed.url;
  }

  get campaign(): string | null | undefined {
    return this.routed.campaign;
  }

  get slug(): string {
    return this.routed.slug;
  }

  get options(): RoutingOptions | undefined {
    return this.routed.options;
  }

  get redirectStatus(): RoutedLink['redirectStatus'] {
    return this.routed.redirectStatus;
  }

  get hasLimit(): boolean {
    return typeof this.routed.clickLimit === 'number';
  }

  /** `go/*` is the link of every path that begins with `go/`. */
  get isWildcard(): boolean {
    return this.routed.slug.endsWith('/*');
  }

  /** Parsed at the first use. */
  get destination(): DestinationRules {
    this.template ??= parse(this.routed._id, this.routed.url);
    return this.rulesOf(this.template, this.routed.url);
  }

  /** Rules and variants, compiled at the first use. */
  get routing(): CompiledRouting {
    this.compiled ??= compileRouting(this.routed.options ?? {}, (url) => this.parseDestination(url), this.destination);
    return this.compiled;
  }

  /** Another template with the link's own settings: `fallbackUrl` and such. Parsed once, as every click may lead there. */
  destinationAt(url: string): DestinationRules {
    const known = this.elsewhere?.get(url);
    if (known !== undefined) return known;
    const destination = this.parseDestination(url);
    // Its own two URLs and the domain's; the domain's may have changed.
    if (this.elsewhere === undefined || this.elsewhere.size >= MAX_ELSEWHERE) this.elsewhere = new Map();
    this.elsewhere.set(url, destination);
    return destination;
  }

  private parseDestination(url: string): DestinationRules {
    return this.rulesOf(parse(this.routed._id, url), url);
  }

  /** Where nothing can be appended (`tel:`, `mailto:`), macros are filled alone. */
  private rulesOf(template: UrlTemplate, url: string): DestinationRules {
    if (!isAppendable(url)) return { template, clickIdParam: null, forwardQuery: 'none' };
    const { clickIdParam, forwardQuery } = this.routed;
    return { template, clickIdParam, forwardQuery };
  }
}

const MAX_ELSEWHERE = 3;

function parse(id: string, url: string): UrlTemplate {
  const reading = parseUrlTemplate(url);
  if (!reading.ok) throw new Error(`link ${id} has a destination that can not be read: ${reading.message}`);
  return reading.template;
}

/** The destination built once with a mark for the click id, and cut at the marks. */
function aroundClickId(rules: DestinationRules, url: string): string[] {
  let mark = 'ClickIdStandsHere';
  while (`${url} ${rules.clickIdParam}`.includes(mark)) mark += 'x';
  const built = buildDestination(rules, { clickId: mark, query: [], valueOf: () => mark }) ?? '';
  return built.split(mark).map(ownCopy);
}

/** Just what a routed link is: a stored link has more that need not be kept in memory. */
export function routedLink(link: Pick<Link, (typeof ROUTED_FIELDS)[number]>): RoutedLink {
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
    options: routingOptionsOf(link),
  };
}

/** Whether both send everybody to the same places. */
export function isSameRoute(a: RoutedLink, b: RoutedLink): boolean {
  return BASE_FIELDS.every((field) => a[field] === b[field]) && isDeepStrictEqual(a.options, b.options);
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
