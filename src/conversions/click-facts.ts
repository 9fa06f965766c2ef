import type { Click } from '../clicks/click.schema.js';
import type { ClicksRepository } from '../clicks/clicks.repository.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import type { ClickFacts } from './conversion.schema.js';

const FIELDS = ['_id', 'country', 'device', 'os', 'browser', 'subs', 'rule', 'variant'] as const;

/** What conversions keep of their clicks, by click id; clicks that are not stored yet are not in it. */
export async function readFacts(
  clicks: ClicksRepository,
  workspaceId: WorkspaceId,
  conversions: readonly { clickId: string | null }[],
): Promise<Map<string, ClickFacts>> {
  const clickIds = conversions.flatMap(({ clickId }) => clickId ?? []);
  if (clickIds.length === 0) return new Map();
  const found = await clicks.findMany(workspaceId, { _id: { $in: clickIds } }, undefined, { fields: FIELDS });
  return new Map(found.map((click) => [click._id, factsOf(click)]));
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
