import { formatMoney } from '../platform/money/money.js';
import type { Click } from './click.schema.js';
import type { ClickResponse } from './clicks.dto.js';

/** A click as the API shows it. */
export function toClickResponse(click: Click): ClickResponse {
  return {
    id: click._id,
    linkId: click.linkId,
    at: click.at.toISOString(),
    userAgent: click.userAgent,
    language: click.language ?? null,
    referrer: click.referrer ?? null,
    referrerHost: click.referrerHost ?? null,
    query: click.query,
    subs: click.subs,
    country: click.country ?? null,
    region: click.region ?? null,
    city: click.city ?? null,
    asn: click.asn ?? null,
    device: click.device ?? null,
    os: click.os ?? null,
    browser: click.browser ?? null,
    inApp: click.inApp ?? null,
    rule: click.rule ?? null,
    variant: click.variant ?? null,
    isBot: click.botReason !== undefined,
    botReason: click.botReason ?? null,
    visitorRuleId: click.visitorRuleId ?? null,
    humanSince: click.humanSince?.toISOString() ?? null,
    cost: formatMoney(click.cost),
    costGiven: formatMoney(click.costGiven),
    isUnique: click.isUnique,
    isTest: click.isTest ?? false,
    ip: click.ip ?? null,
    isPrivate: click.isPrivate ?? false,
    erasedAt: click.erasedAt?.toISOString() ?? null,
  };
}
