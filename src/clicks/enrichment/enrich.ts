import { trustedWorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { Click } from '../click.schema.js';
import { subIds } from '../rules/click-query.js';
import type { SpooledClick } from '../rules/click-record.js';
import { botReason } from './bot.js';
import type { DeviceReader } from './device.js';
import type { GeoLookup } from './geo.js';
import { primaryLanguage } from './language.js';
import { referrerHost } from './referrer.js';
import type { VisitorKeys } from './visitor.js';

// src/clicks/enrichment: the facts that the shipper adds to a click before it is stored: location (geo.ts), device (device.ts),
// referrer, language, bot reason and visitor key (visitor.ts), and the removal of personal data (protect.ts). Start here.

/** The sources of an enrichment. One set serves a whole process. */
export interface EnrichmentTools {
  visitors: VisitorKeys;
  geo: GeoLookup;
  devices: DeviceReader;
}

/**
 * Converts a spooled click into the click that will be stored, without I/O. The caller still applies the visitor rules and the
 * privacy settings, and decides `isUnique`.
 */
export function enrichClick(click: SpooledClick, { visitors, geo, devices }: EnrichmentTools): Click {
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
    cost: undefined,
    costGiven: undefined,
    isUnique: false, // the last field, as in the clicks that are stored already
  };
}
