import { parseQuery, type VisitParameter } from '../clicks/rules/click-query.js';
import type { ClickKind } from '../clicks/rules/click-record.js';
import { botReason } from '../clicks/enrichment/bot.js';
import { type DeviceFacts, DeviceReader } from '../clicks/enrichment/device.js';
import type { GeoFacts, GeoLookup } from '../clicks/enrichment/geo.js';
import { referrerHost } from '../clicks/enrichment/referrer.js';
import { CompiledVisitorRules } from '../clicks/rules/visitor-rules/compiled-visitor-rules.js';
import { hostnameOf } from '../domains/rules/hostname.js';
import type { EdgeRequest } from '../edge/edge-request.js';
import { type LocalTime, localTime } from '../links/rules/routing/local-time.js';
import type { VisitFacts } from '../links/rules/routing/visit-facts.js';
import { slugOfPath } from '../links/rules/slug.js';
import { clientAddress, type IsTrustedProxy } from '../platform/http/requests/client-address.js';
import { readableText } from '../platform/urls/percent-text.js';
import { kindOf } from './rules/request-kind.js';
import { readVariantCookie, type VariantCookie } from './rules/variant-cookie.js';

/** The parts of a request that a redirect reads. */
export type VisitRequest = Pick<EdgeRequest, 'method' | 'url' | 'host' | 'remoteAddress' | 'header'>;

/** The parts of a visit's URL. */
export interface VisitAddress {
  hostname: string;
  /** As sent, without the query. */
  path: string;
  /** Decoded; see percent-text.ts. */
  slug: string;
  /** The `/` at the end of the path, which is not part of the slug. */
  trailingSlash: '/' | '';
  rawQuery: string;
}

/** Sources of facts that are not in the request. */
export interface VisitTools {
  /** Absent when no rule or macro needs the location. */
  geo?: GeoLookup | undefined;
  /** The rules of the link's workspace. Needed only when the link's answer depends on `isBot`. */
  visitorRules?: CompiledVisitorRules | undefined;
}

const NO_TOOLS: VisitTools = {};
const NOT_PREPARED: VariantCookie = { isReturning: false, variant: undefined };
const NO_PROXIES: IsTrustedProxy = () => false;
const DEVICES = new DeviceReader();

/**
 * One request for a short link, from the socket to the spool. Facts are computed when they are first read, as most links need
 * few of them.
 */
export class Visit implements VisitFacts {
  private tools = NO_TOOLS;
  private variantCookie = NOT_PREPARED;
  private clientIp: string | undefined;
  private geoFacts: GeoFacts | undefined;
  private deviceFacts: DeviceFacts | undefined;
  private queryParameters: VisitParameter[] | undefined;
  private bot: boolean | undefined;

  /** @param at milliseconds since 1970. */
  constructor(
    private readonly request: VisitRequest,
    private readonly address: VisitAddress,
    readonly at: number,
    private readonly isTrustedProxy = NO_PROXIES,
  ) {}

  /** @returns `undefined` when the URL cannot be a short link's. */
  static of(request: VisitRequest, isTrustedProxy?: IsTrustedProxy): Visit | undefined {
    const { url } = request;
    const questionMark = url.indexOf('?');
    const path = questionMark < 0 ? url : url.slice(0, questionMark);
    const slug = slugOfPath(path);
    if (slug === undefined) return undefined;
    const address: VisitAddress = {
      hostname: hostnameOf(request.host),
      path,
      slug,
      trailingSlash: path.endsWith('/') ? '/' : '',
      rawQuery: questionMark < 0 ? '' : url.slice(questionMark + 1),
    };
    return new Visit(request, address, Date.now(), isTrustedProxy);
  }

  /** The same visit with a corrected slug and query; see slug-slips.ts. */
  readAs({ slug, trailingSlash, rawQuery }: Pick<VisitAddress, 'slug' | 'trailingSlash' | 'rawQuery'>): Visit {
    const address = { ...this.address, slug, trailingSlash, rawQuery };
    return new Visit(this.request, address, this.at, this.isTrustedProxy);
  }

  /** Must be called before the facts about location, bot and earlier visits are read. @param linkNumber of the visited link. */
  prepare(linkNumber: number, tools: VisitTools): void {
    this.tools = tools;
    this.variantCookie = readVariantCookie(this.cookie, linkNumber);
    this.geoFacts = undefined;
    this.bot = undefined;
  }

  get hostname(): string {
    return this.address.hostname;
  }

  get path(): string {
    return this.address.path;
  }

  get slug(): string {
    return this.address.slug;
  }

  get trailingSlash(): '/' | '' {
    return this.address.trailingSlash;
  }

  get rawQuery(): string {
    return this.address.rawQuery;
  }

  /** The method is neither GET nor HEAD: the visit comes from a form or a program. */
  get hasOtherMethod(): boolean {
    const { method } = this.request;
    return method !== 'GET' && method !== 'HEAD';
  }

  get kind(): ClickKind {
    const { method } = this.request;
    const purpose = this.header('sec-purpose') ?? this.header('purpose') ?? this.header('x-moz');
    return kindOf({
      isHead: method === 'HEAD' || method === 'OPTIONS',
      purpose: purpose ?? this.header('x-purpose'),
    });
  }

  get ip(): string {
    return (this.clientIp ??= clientAddress(
      this.request.remoteAddress,
      this.header('x-forwarded-for'),
      this.isTrustedProxy,
    ));
  }

  /** Header texts have one character for each byte. */
  get userAgent(): string {
    return this.header('user-agent') ?? '';
  }

  get acceptLanguage(): string {
    return this.header('accept-language') ?? '';
  }

  get referrer(): string {
    return this.header('referer') ?? '';
  }

  /** Empty when there is none. */
  get cookie(): string {
    return this.header('cookie') ?? '';
  }

  /** The visitor asks not to be tracked, by `DNT: 1` or `Sec-GPC: 1`. */
  get isPrivate(): boolean {
    return this.header('dnt') === '1' || this.header('sec-gpc') === '1';
  }

  get country(): string | undefined {
    return this.location.country;
  }

  get region(): string | undefined {
    return this.location.region;
  }

  get city(): string | undefined {
    return this.location.city;
  }

  get asn(): number | undefined {
    return this.location.asn;
  }

  get device(): string {
    return this.client.device;
  }

  get os(): string | undefined {
    return this.client.os;
  }

  get browser(): string | undefined {
    return this.client.browser;
  }

  get inApp(): string | undefined {
    return this.client.inApp;
  }

  get languages(): readonly string[] {
    return languagesOf(this.acceptLanguage);
  }

  get referrerHost(): string | undefined {
    return referrerHost(this.referrer);
  }

  get isBot(): boolean {
    return (this.bot ??= this.decideBot());
  }

  get isReturning(): boolean {
    return this.variantCookie.isReturning;
  }

  get previousVariant(): string | undefined {
    return this.variantCookie.variant;
  }

  get identity(): string {
    return `${this.ip}\n${this.userAgent}`;
  }

  get parameters(): readonly VisitParameter[] {
    return (this.queryParameters ??= parseQuery(this.rawQuery));
  }

  query(name: string): readonly string[] {
    return this.parameters.flatMap((parameter) => (parameter.name === name ? [readableText(parameter.value)] : []));
  }

  localTime(timezone: string): LocalTime {
    return localTime(this.at, timezone);
  }

  /** Decides by the same rules as the shipper does later for the click. */
  private decideBot(): boolean {
    const userAgent = asUtf8(this.userAgent);
    const lookUpAsn = (): number | undefined => this.asn;
    const visitor = {
      userAgent,
      ip: this.ip,
      get asn() {
        return lookUpAsn();
      },
    };
    const rules = this.tools.visitorRules ?? CompiledVisitorRules.NONE;
    return botReason(this.kind, userAgent, rules.decide(visitor)?.as) !== undefined;
  }

  private header(name: Parameters<VisitRequest['header']>[0]): string | undefined {
    return this.request.header(name);
  }

  private get location(): GeoFacts {
    return (this.geoFacts ??= this.tools.geo?.lookup(this.ip) ?? {});
  }

  private get client(): DeviceFacts {
    return (this.deviceFacts ??= DEVICES.read(this.userAgent));
  }
}

/** Decodes a header, which has one character for each byte, as the spool does. */
function asUtf8(header: string): string {
  const isBytes = /[\x80-\xff]/.test(header) && !/[^\0-\xff]/.test(header);
  return isBytes ? Buffer.from(header, 'latin1').toString('utf8') : header;
}

const MAX_LANGUAGES = 10;
const MAX_LANGUAGE_CHARS = 100;

/** `de-CH, de;q=0.9, en;q=0.8` → `de-ch`, `de`, `en` (RFC 9110, 12.5.4). */
export function languagesOf(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',', MAX_LANGUAGES)
    .flatMap((part) => {
      // Trimmed and bounded first, as the pattern is slow for many blanks.
      const text = part.trim();
      const [, tag = '', q = '1'] =
        text.length <= MAX_LANGUAGE_CHARS
          ? (/^([a-z]{1,8}(?:-[a-z0-9]{1,8})*)\s*(?:;\s*q=([\d.]{1,5}))?$/i.exec(text) ?? [])
          : [];
      return tag === '' || Number(q) === 0 ? [] : [{ tag: tag.toLowerCase(), q: Number(q) }];
    })
    .toSorted((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
}
