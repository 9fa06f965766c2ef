import type { Click } from '../../clicks/click.schema.js';
import type { ClicksRepository } from '../../clicks/clicks.repository.js';
import { trafficSource } from '../../clicks/rules/traffic-source.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { ClickFacts } from '../conversion.schema.js';

const FIELDS = [
  '_id',
  'botReason',
  'country',
  'region',
  'city',
  'asn',
  'device',
  'os',
  'browser',
  'inApp',
  'language',
  'referrerHost',
  'query',
  'subs',
  'rule',
  'variant',
] as const;

/** The values of a conversion after the erasure of its click: what ClickErasures removes from the click. */
export const ERASED_FACTS = {
  'facts.region': null,
  'facts.city': null,
  'facts.asn': null,
  'facts.language': null,
  'facts.referrer': null,
  'facts.source': null,
  'facts.subs': {},
};

/** False for facts that an earlier version stored. Erasure never sets `inApp`, so it shows the version. */
export function isComplete(facts: Pick<ClickFacts, 'inApp'> | null | undefined): boolean {
  return facts?.inApp !== undefined;
}

/** A click that has converted. */
export interface ConvertedClick {
  facts: ClickFacts;
  /** A prefetch must become a human click first; see click-facts.service.ts. */
  isPrefetch: boolean;
}

/** The facts of the conversions' clicks, by click id, without clicks that are not stored yet. */
export async function readFacts(...args: Parameters<typeof readConvertedClicks>): Promise<Map<string, ClickFacts>> {
  const found = await readConvertedClicks(...args);
  return new Map([...found].map(([clickId, { facts }]) => [clickId, facts]));
}

/**
 * Like `readFacts`, for conversions that will store the facts. Prefetches are left out: click-facts.service.ts makes them
 * human clicks first, and then completes their conversions.
 */
export async function readFactsToKeep(
  ...args: Parameters<typeof readConvertedClicks>
): Promise<Map<string, ClickFacts>> {
  const found = await readConvertedClicks(...args);
  return new Map([...found].flatMap(([clickId, { facts, isPrefetch }]) => (isPrefetch ? [] : [[clickId, facts]])));
}

/** The stored clicks of conversions, by click id. */
export async function readConvertedClicks(
  clicks: ClicksRepository,
  workspaceId: WorkspaceId,
  conversions: readonly { clickId: string | null }[],
): Promise<Map<string, ConvertedClick>> {
  const clickIds = conversions.flatMap(({ clickId }) => clickId ?? []);
  if (clickIds.length === 0) return new Map();
  const found = await clicks.findMany(workspaceId, { _id: { $in: clickIds } }, undefined, { fields: FIELDS });
  return new Map(
    found.map((click) => [click._id, { facts: factsOf(click), isPrefetch: click.botReason === 'prefetch' }]),
  );
}

/** The facts of a click as its conversions keep them. */
export function factsOf(click: Omit<Pick<Click, (typeof FIELDS)[number]>, '_id' | 'botReason'>): ClickFacts {
  const { country, region, city, asn, device, os, browser, inApp, language, referrerHost, query, subs } = click;
  const { rule, variant } = click;
  return {
    country: country ?? null,
    device: device ?? null,
    os: os ?? null,
    browser: browser ?? null,
    subs,
    region: region ?? null,
    city: city ?? null,
    asn: asn ?? null,
    inApp: inApp ?? null,
    language: language ?? null,
    referrer: referrerHost ?? null,
    source: trafficSource(query) ?? null,
    ...(rule !== undefined && { rule }),
    ...(variant !== undefined && { variant }),
  };
}
