import { trustedWorkspaceId, type WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { subIds } from '../rules/click-query.js';
import type { SpooledClick } from '../rules/click-record.js';
import { type BotReason, botReason } from './bot.js';
import type { DeviceReader } from './device.js';
import type { BrowserName, DeviceKind, OsName } from '../../platform/vocabulary/device-names.js';
import type { GeoLookup } from './geo.js';
import type { InAppName } from '../../platform/vocabulary/in-app-names.js';
import { primaryLanguage } from './language.js';
import { referrerHost } from './referrer.js';
import type { VisitorKeys } from './visitor.js';

/** A click with all that can be worked out of it. */
export interface EnrichedClick {
  _id: string;
  workspaceId: WorkspaceId;
  linkId: string;
  at: Date;
  userAgent: string;
  language: string | undefined;
  referrer: string | undefined;
  referrerHost: string | undefined;
  query: { name: string; value: string }[];
  subs: Record<string, string>;
  country: string | undefined;
  region: string | undefined;
  city: string | undefined;
  asn: number | undefined;
  device: DeviceKind;
  os: OsName | undefined;
  browser: BrowserName | undefined;
  inApp: InAppName | undefined;
  botReason: BotReason | undefined;
  /** See apply-visitor-rules.ts. */
  visitorRuleId: string | undefined;
  /** The same for one person on one link on one day (UTC), meaningless otherwise. */
  visitorKey: string;
  /** These three: see protect.ts. */
  ip: string | undefined;
  isIpFull: true | undefined;
  isPrivate: true | undefined;
  rule: string | undefined;
  variant: string | undefined;
}

/** What enriching needs; made once for a process. */
export interface EnrichmentTools {
  visitors: VisitorKeys;
  geo: GeoLookup;
  devices: DeviceReader;
}

/** Works out of a spooled click what can be worked out without asking anybody. */
export function enrichClick(click: SpooledClick, { visitors, geo, devices }: EnrichmentTools): EnrichedClick {
  const { country, region, city, asn } = geo.lookup(click.ip);
  const { device, os, browser, inApp } = devices.read(click.userAgent);
  return {
    _id: click.id,
    workspaceId: trustedWorkspaceId(click.workspaceId),
    linkId: click.linkId,
    at: new Date(click.at),
    userAgent: click.userAgent,
    language: primaryLanguage(click.acceptLanguage),
    referrer: click.referrer === '' ? undefined : click.referrer,
    referrerHost: referrerHost(click.referrer),
    query: click.query.map(([name, value]) => ({ name, value })),
    subs: subIds(click.query),
    country,
    region,
    city,
    asn,
    device,
    os,
    browser,
    inApp,
    botReason: botReason(click.kind, click.userAgent),
    visitorRuleId: undefined,
    visitorKey: visitors.keyOf(click),
    rule: click.flags.rule,
    variant: click.flags.variant,
    ip: undefined,
    isIpFull: undefined,
    isPrivate: undefined,
  };
}
