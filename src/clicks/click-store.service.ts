import { Injectable } from '@nestjs/common';
import { groupBy } from '../platform/collections/group-by.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { type CounterDelta, sumDeltas } from '../reports/counter-delta.js';
import { LinkCountersRepository } from '../reports/link-counters.repository.js';
import { ClicksRepository } from './clicks.repository.js';
import type { EnrichedClick } from './enrichment/enrich.js';
import type { Click } from './click.schema.js';

type NewClick = Omit<Click, 'workspaceId'>;

// One row a link for all instances: it makes two that count the same link's visitors at once collide, which `markUnique`
// relies on to see the other's.
const STRIPE = 'clicks';

/** Stores clicks and moves their links' counters, both or neither, each click once however often it comes. */
@Injectable()
export class ClickStore {
  constructor(
    private readonly clicks: ClicksRepository,
    private readonly counters: LinkCountersRepository,
    private readonly transactions: Transactions,
  ) {}

  /** @returns how many of them were not stored before. */
  async store(batch: readonly EnrichedClick[]): Promise<number> {
    let stored = 0;
    for (const [workspaceId, clicks] of groupBy(batch, (click) => click.workspaceId)) {
      stored += await this.transactions.run((tx) => this.storeIn(workspaceId, clicks, tx));
    }
    return stored;
  }

  private async storeIn(workspaceId: WorkspaceId, clicks: EnrichedClick[], tx: Transaction): Promise<number> {
    const known = await this.clicks.findMany(workspaceId, { _id: { $in: clicks.map(({ _id }) => _id) } }, tx);
    const knownIds = new Set(known.map(({ _id }) => _id));
    const fresh = clicks.filter(({ _id }) => !knownIds.has(_id) && knownIds.add(_id));
    if (fresh.length === 0) return 0;

    const rows = await this.markUnique(workspaceId, fresh, tx);
    await this.clicks.insertMany(workspaceId, rows, tx);
    for (const [linkId, group] of groupBy(rows, (click) => click.linkId)) {
      await this.counters.add(workspaceId, linkId, STRIPE, sumDeltas(group.map(contribution)), tx);
    }
    return rows.length;
  }

  private async markUnique(workspaceId: WorkspaceId, clicks: EnrichedClick[], tx: Transaction): Promise<NewClick[]> {
    const people = clicks.filter(({ botReason }) => botReason === undefined).map(({ visitorKey }) => visitorKey);
    const earlier = await this.clicks.findMany(workspaceId, { visitorKey: { $in: people }, isUnique: true }, tx);
    const seen = new Set(earlier.map(({ visitorKey }) => visitorKey));
    return clicks.map((click) => {
      const isUnique = click.botReason === undefined && !seen.has(click.visitorKey);
      if (isUnique) seen.add(click.visitorKey);
      return { ...click, isUnique };
    });
  }
}

/** What one click adds to its link's counters. */
function contribution({ botReason, isUnique }: NewClick): CounterDelta {
  const isHuman = botReason === undefined;
  return {
    counts: {
      'clicks.total': 1,
      'clicks.human': isHuman ? 1 : 0,
      'clicks.bots': isHuman ? 0 : 1,
      'clicks.unique': isUnique ? 1 : 0,
    },
    payouts: {},
  };
}
