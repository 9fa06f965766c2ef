import type { Click } from '../../clicks/click.schema.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { DEMO_LINKS } from './demo-links.js';
import type { DemoClick } from './make-clicks.js';
import { numberOf } from './seeded-random.js';

const CURRENCY = 'EUR';
/** Of the random part of a click id: eight digits of base62. */
const SEEDS = 62 ** 8;
const BOT = { userAgent: 'Mozilla/5.0 (compatible; ExampleBot/2.1)', device: 'other', os: 'other', browser: 'other' };

/** The random part of the id of a made-up click. */
export function clickSeed(workspaceId: WorkspaceId, number: number): number {
  return numberOf(`click:${workspaceId}:${number}`, SEEDS);
}

/** A made-up click as it is stored. It has no address, not even a made-up one. */
export function toStoredClick(
  { link, at, visitor, isBot, isUnique, firstVisit }: DemoClick,
  { workspaceId, clickId, linkId }: { workspaceId: WorkspaceId; clickId: string; linkId: string },
): Click {
  const cost = DEMO_LINKS[link]?.cost ?? null;
  const { sub1, sub2, referrerHost, country, city, language } = visitor;
  const { userAgent, device, os, browser } = isBot ? BOT : visitor;
  return {
    _id: clickId,
    workspaceId,
    linkId,
    at,
    userAgent,
    language,
    referrer: referrerHost === undefined ? undefined : `https://${referrerHost}/`,
    referrerHost,
    query: [
      { name: 'sub1', value: sub1 },
      { name: 'sub2', value: sub2 },
    ],
    subs: { sub1, sub2 },
    country,
    region: undefined,
    city,
    asn: undefined,
    device,
    os,
    browser,
    inApp: undefined,
    botReason: isBot ? 'user_agent' : undefined,
    visitorRuleId: undefined,
    visitorKey: `demo:${workspaceId}:${firstVisit}`,
    cost: cost === null ? undefined : { amount: cost, currency: CURRENCY },
    isUnique,
  };
}
