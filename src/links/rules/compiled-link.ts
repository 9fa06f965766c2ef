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
 * A link prepared for the redirect, once per change. A hundred thousand may be in memory, so derived values are computed
 * on first use.
 */
export class CompiledLink {
  /**
   * The destination of a click without a query, split at the click id (`parts.join(clickId)`). `undefined` when macros
   * make it different for each click.
   */
  readonly parts: readonly string[] | undefined;
  /** True when every click has the same destination, without conditions and look-ups. */
  readonly isDirect: boolean;
  private template: UrlTemplate | undefined;
  private otherDestinations: Map<string, DestinationRules> | undefined;
  private compiled: CompiledRouting | undefined;

  /** @throws Error when the stored destination is invalid; it was validated when it was created. */
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

  /** The rules for another template with the link's settings, such as `fallbackUrl`. Parsed once, as every click may use it. */
  destinationAt(url: string): DestinationRules {
    const known = this.otherDestinations?.get(url);
    if (known !== undefined) return known;
    const destination = this.parseDestination(url);
    // Two URLs of the link and one of the domain, which may change.
    if (this.otherDestinations === undefined || this.otherDestinations.size >= MAX_OTHER_DESTINATIONS)
      this.otherDestinations = new Map();
    this.otherDestinations.set(url, destination);
    return destination;
  }

  private parseDestination(url: string): DestinationRules {
    return this.rulesOf(parse(this.routed._id, url), url);
  }

  /** Where nothing can be appended (`tel:`, `mailto:`), only macros are filled. */
  private rulesOf(template: UrlTemplate, url: string): DestinationRules {
    if (!isAppendable(url)) return { template, clickIdParam: null, forwardQuery: 'none' };
    const { clickIdParam, forwardQuery } = this.routed;
    return { template, clickIdParam, forwardQuery };
  }
}

const MAX_OTHER_DESTINATIONS = 3;

function parse(id: string, url: string): UrlTemplate {
  const reading = parseUrlTemplate(url);
  if (!reading.ok) throw new Error(`link ${id} has a destination that cannot be read: ${reading.message}`);
  return reading.template;
}

/** Builds the destination once with a placeholder for the click id, and splits it at the placeholders. */
function aroundClickId(rules: DestinationRules, url: string): string[] {
  let placeholder = 'ClickIdStandsHere';
  while (`${url} ${rules.clickIdParam}`.includes(placeholder)) placeholder += 'x';
  const built = buildDestination(rules, { clickId: placeholder, query: [], valueOf: () => placeholder }) ?? '';
  return built.split(placeholder).map(ownCopy);
}

/** The fields of a stored link that the redirect needs in memory. */
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

/** True when both links redirect every visit in the same way. */
export function isSameRoute(a: RoutedLink, b: RoutedLink): boolean {
  return BASE_FIELDS.every((field) => a[field] === b[field]) && isDeepStrictEqual(a.options, b.options);
}

const MAX_SHARED = 10_000;
const sharedTexts = new Map<string, string>();

/** Returns one shared copy of a text that thousands of links have. */
function shared<T extends string>(text: T): T {
  const known = sharedTexts.get(text);
  if (known !== undefined) return known as T;
  if (sharedTexts.size < MAX_SHARED) sharedTexts.set(text, text);
  return text;
}
