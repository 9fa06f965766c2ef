import { Injectable } from '@nestjs/common';
import { groupBy } from '../../platform/collections/group-by.js';
import { JobRunner } from '../../platform/jobs/job-runner.service.js';
import { MongoHealth } from '../../platform/mongo/mongo-health.service.js';
import type { Addition, Within } from '../../platform/mongo/tenant.repository.js';
import { type Transaction, Transactions } from '../../platform/mongo/transactions.js';
import type { WorkspaceId } from '../../platform/tenancy/workspace-id.js';
import { isProgram } from '../../platform/user-agents/is-program.js';
import type { UnmatchedDay } from './unmatched-day.schema.js';
import { UnmatchedDaysRepository } from './unmatched-days.repository.js';
import {
  type CountedDomain,
  MAX_SLUGS,
  type UnmatchedDayCounts,
  type UnmatchedKind,
  UnmatchedCounts,
} from './unmatched-counts.js';
import { TopSlugs } from './top-slugs.js';

const STORE_EVERY_MS = 1_000;
/** Documents in one transaction. */
const BATCH = 200;
const MAX_DAYS = 400;

/** A visit that no link answers. */
export interface UnmatchedVisit {
  /** An empty one counts as a bot. Pass an empty one for HEAD and prefetches. */
  userAgent: string;
  /** The requested slug. */
  slug?: string;
}

/**
 * Counts unmatched visits by domain and day. Counting needs no I/O; the counts are stored every second.
 * A killed process loses the counts that it has not stored. These visits are no clicks.
 */
@Injectable()
export class UnmatchedVisits {
  private readonly counts = new UnmatchedCounts();

  constructor(
    private readonly days: UnmatchedDaysRepository,
    private readonly transactions: Transactions,
    private readonly mongo: MongoHealth,
    jobs: JobRunner,
  ) {
    const store = (): Promise<void> => this.store();
    jobs.register({ name: 'unmatched-visits', everyMs: STORE_EVERY_MS, run: store, atShutdown: store });
  }

  /** @param domain from `DomainCache`: visits of an unverified host belong to no workspace. */
  count(domain: CountedDomain, kind: UnmatchedKind, { userAgent, slug = '' }: UnmatchedVisit): void {
    const isBot = isProgram(userAgent);
    this.counts.count(domain, kind, { at: Date.now(), slug, isBot });
  }

  /** The days with unmatched visits of a domain, oldest first. */
  read(workspaceId: WorkspaceId, domainId: string, days: { from: Date; to: Date }): Promise<UnmatchedDay[]> {
    const filter = { domainId, day: { $gte: days.from, $lt: days.to } } as Within<UnmatchedDay>;
    return this.days.findMany(workspaceId, filter, undefined, { sort: { day: 1 }, limit: MAX_DAYS });
  }

  private async store(): Promise<void> {
    if (!this.mongo.isAnswering) return;
    const rows = this.counts.take();
    for (let i = 0; i < rows.length; i += BATCH) {
      const batch = rows.slice(i, i + BATCH);
      try {
        await this.transactions.run(async (tx) => {
          for (const [workspaceId, own] of groupBy(batch, (row) => row.workspaceId)) {
            await this.add(workspaceId, own, tx);
          }
        });
      } catch (error) {
        this.counts.putBack(rows.slice(i));
        throw error;
      }
    }
  }

  private async add(workspaceId: WorkspaceId, rows: readonly UnmatchedDayCounts[], tx: Transaction): Promise<void> {
    await this.days.addMany(workspaceId, rows.map(toAddition), tx);
    const withSlugs = rows.filter(({ slugs }) => slugs.size > 0);
    if (withSlugs.length === 0) return;
    const ids = withSlugs.map(idOf);
    const stored = await this.days.findMany(workspaceId, { _id: { $in: ids } } as Within<UnmatchedDay>, tx);
    for (const row of withSlugs) {
      const top = new TopSlugs(MAX_SLUGS);
      top.merge(stored.find(({ _id }) => _id === idOf(row))?.slugs ?? []);
      top.merge(row.slugs.entries());
      await this.days.updateById(workspaceId, idOf(row), { $set: { slugs: top.entries() } }, tx);
    }
  }
}

function idOf({ domainId, day }: UnmatchedDayCounts): string {
  return `${domainId}:${day}`;
}

function toAddition(row: UnmatchedDayCounts): Addition<UnmatchedDay> {
  const { domainId, day, root, rootBots, notFound, notFoundBots } = row;
  return {
    _id: idOf(row),
    add: { root, rootBots, notFound, notFoundBots },
    fields: { domainId, day: new Date(day) },
  };
}
