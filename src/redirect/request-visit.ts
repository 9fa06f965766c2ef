import { parseQuery, type VisitParameter } from '../clicks/click-query.js';
import { botReason } from '../clicks/enrichment/bot.js';
import { CompiledVisitorRules } from '../clicks/visitor-rules/compiled-visitor-rules.js';
import type { DeviceFacts, DeviceReader } from '../clicks/enrichment/device.js';
import type { GeoFacts, GeoLookup } from '../clicks/enrichment/geo.js';
import { referrerHost } from '../clicks/enrichment/referrer.js';
import type { ClickKind } from '../clicks/spooled-click.js';
import { type LocalTime, localTime } from '../links/routing/local-time.js';
import type { Visit } from '../links/routing/visit.js';
import { readableText } from '../platform/urls/percent-text.js';

/** What a request tells about who made it. */
export interface VisitSource {
  /** Milliseconds since 1970. */
  at: number;
  ip: string;
  userAgent: string;
  acceptLanguage: string;
  referrer: string;
  rawQuery: string;
  kind: ClickKind;
  isReturning: boolean;
}

/** A visit as a short-link request tells of it; each fact is worked out when it is first asked for. */
export class RequestVisit implements Visit {
  private geoFacts: GeoFacts | undefined;
  private deviceFacts: DeviceFacts | undefined;
  private brought: VisitParameter[] | undefined;
  private bot: boolean | undefined;

  /**
   * @param geo absent where no rule or macro asks for a place.
   * @param visitorRules the workspace's; needed only where it is asked whether it is a bot.
   */
  constructor(
    private readonly source: VisitSource,
    private readonly devices: DeviceReader,
    private readonly geo: GeoLookup | undefined,
    private readonly visitorRules = CompiledVisitorRules.NONE,
  ) {}

  get country(): string | undefined {
    return this.place.country;
  }

  get region(): string | undefined {
    return this.place.region;
  }

  get city(): string | undefined {
    return this.place.city;
  }

  get asn(): number | undefined {
    return this.place.asn;
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
    return languagesOf(this.source.acceptLanguage);
  }

  get referrerHost(): string | undefined {
    return referrerHost(this.source.referrer);
  }

  get ip(): string {
    return this.source.ip;
  }

  get isBot(): boolean {
    return (this.bot ??= this.judge());
  }

  get isReturning(): boolean {
    return this.source.isReturning;
  }

  /** The query's parameters. */
  get parameters(): readonly VisitParameter[] {
    return (this.brought ??= parseQuery(this.source.rawQuery));
  }

  query(name: string): readonly string[] {
    return this.parameters.flatMap((parameter) => (parameter.name === name ? [readableText(parameter.value)] : []));
  }

  localTime(timezone: string): LocalTime {
    return localTime(this.source.at, timezone);
  }

  /** As the shipper will judge its click. */
  private judge(): boolean {
    const { kind, ip } = this.source;
    const userAgent = asUtf8(this.source.userAgent);
    const lookUpAsn = (): number | undefined => this.asn;
    const visitor = {
      userAgent,
      ip,
      get asn() {
        return lookUpAsn();
      },
    };
    return botReason(kind, userAgent, this.visitorRules.decide(visitor)?.as) !== undefined;
  }

  private get place(): GeoFacts {
    return (this.geoFacts ??= this.geo?.lookup(this.source.ip) ?? {});
  }

  private get client(): DeviceFacts {
    return (this.deviceFacts ??= this.devices.read(this.source.userAgent));
  }
}

/** A header comes as bytes, one character each; the spool is read as UTF-8. */
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
      // Trimmed first, and no longer than a language can be: spaces on both sides of what may be missing are compared in pairs.
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
