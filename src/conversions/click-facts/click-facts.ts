import type { Click } from '../../clicks/click.schema.js';
import type { ClicksRepository } from '../../clicks/clicks.repository.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import type { ClickFacts } from '../conversion.schema.js';

const FIELDS = ['_id', 'botReason', 'country', 'device', 'os', 'browser', 'subs', 'rule', 'variant'] as const;

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

function factsOf(click: Pick<Click, (typeof FIELDS)[number]>): ClickFacts {
  const { country, device, os, browser, subs, rule, variant } = click;
  return {
    country: country ?? null,
    device: device ?? null,
    os: os ?? null,
    browser: browser ?? null,
    subs,
    ...(rule !== undefined && { rule }),
    ...(variant !== undefined && { variant }),
  };
}
