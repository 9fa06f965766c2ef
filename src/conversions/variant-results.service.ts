import { Injectable } from '@nestjs/common';
import { type ResultSource, VARIANT_RESULTS } from '../links/links.ports.js';
import { localTime } from '../links/rules/routing/local-time.js';
import type { VariantResult } from '../links/rules/routing/optimise.js';
import type { DailyCap, Goal } from '../links/rules/routing/rule.js';
import type { Within } from '../platform/mongo/tenant.repository.js';
import { Ports } from '../platform/ports/ports.service.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { variantKey } from '../platform/vocabulary/variant-key.js';
import { VariantClicksRepository } from '../counters/variant-clicks.repository.js';
import type { Conversion } from './conversion.schema.js';
import { ConversionsRepository } from './conversions.repository.js';

/** The conversions that each goal counts. */
const COUNTED: Record<Goal, Within<Conversion>> = {
  registration: { eventType: 'registration', status: { $ne: 'rejected' } },
  ftd: { isFtd: true, status: 'approved' },
  approved: { status: 'approved' },
  epc: { status: 'approved' },
};
/** The longest possible day: 24 hours, plus the hours that clocks are set back. */
const LONGEST_DAY_MS = 26 * 3_600_000;

interface Row {
  _id: { rule?: string | null; variant: string };
  conversions: number;
  revenue: number;
  revenueSquares: number;
}

/** Counts clicks, conversions and revenue of the variants of links. */
@Injectable()
export class VariantResults implements ResultSource {
  constructor(
    private readonly conversions: ConversionsRepository,
    private readonly variantClicks: VariantClicksRepository,
    ports: Ports,
  ) {
    ports.provide(VARIANT_RESULTS, this);
  }

  async results(
    workspaceId: WorkspaceId,
    linkId: string,
    goal: Goal,
    since: number,
  ): Promise<Map<string, VariantResult>> {
    const filter = this.variantsOf(linkId, since, COUNTED[goal]);
    // Floats serve for probabilities only; money is never counted in floats.
    const revenue = { $toDouble: { $ifNull: ['$revenue.amount', '0'] } };
    const [clicks, rows] = await Promise.all([
      this.variantClicks.clicksByVariant(workspaceId, linkId, since),
      this.conversions.aggregate<Row>(workspaceId, filter, [
        {
          $group: {
            _id: { rule: '$facts.rule', variant: '$facts.variant' },
            conversions: { $sum: 1 },
            revenue: { $sum: revenue },
            revenueSquares: { $sum: { $pow: [revenue, 2] } },
          },
        },
      ]),
    ]);
    const earned = new Map(rows.map(({ _id: { rule, variant }, ...row }) => [variantKey(rule, variant), row]));
    const keys = new Set([...clicks.keys(), ...earned.keys()]);
    return new Map([...keys].map((key) => [key, { ...NOTHING, ...earned.get(key), clicks: clicks.get(key) ?? 0 }]));
  }

  async today(workspaceId: WorkspaceId, linkId: string, key: string, cap: DailyCap): Promise<number> {
    const now = Date.now();
    const { goal, timezone, conversions: limit } = cap;
    const midnight = lastMidnight(now, timezone);
    const slash = key.indexOf('/');
    const which =
      slash < 0
        ? { 'facts.variant': key }
        : { 'facts.rule': key.slice(0, slash), 'facts.variant': key.slice(slash + 1) };
    const filter = { ...this.variantsOf(linkId, midnight, COUNTED[goal]), ...which } as Within<Conversion>;
    return this.conversions.count(workspaceId, filter, { limit });
  }

  private variantsOf(linkId: string, since: number, counted: Within<Conversion>): Within<Conversion> {
    const which = { linkId, 'facts.variant': { $type: 'string' }, convertedAt: { $gte: new Date(since) } };
    return { ...which, ...counted } as Within<Conversion>;
  }
}

const NOTHING: VariantResult = { clicks: 0, conversions: 0, revenue: 0, revenueSquares: 0 };

/** Start of the current day in a time zone, in milliseconds since 1970: the first minute of that date. */
export function lastMidnight(now: number, timezone: string): number {
  const { date } = localTime(now, timezone);
  let early = Math.floor((now - LONGEST_DAY_MS) / 60_000);
  let late = Math.floor(now / 60_000);
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (localTime(middle * 60_000, timezone).date === date) late = middle;
    else early = middle;
  }
  return late * 60_000;
}
