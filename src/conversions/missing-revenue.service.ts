import { Injectable } from '@nestjs/common';
import { groupBy } from '../platform/collections/group-by.js';
import type { JobRun } from '../platform/jobs/background-job.js';
import { JobRunner } from '../platform/jobs/job-runner.service.js';
import type { Money } from '../platform/money/money.js';
import { type Transaction, Transactions } from '../platform/mongo/transactions.js';
import { Ports } from '../platform/ports/ports.service.js';
import type { WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { RATES_LISTENER } from '../rates/rates.ports.js';
import { RatesService } from '../rates/rates.service.js';
import { negateDelta, sumDeltas } from '../counters/rules/counter-delta.js';
import { LinkCountersRepository } from '../counters/link-counters.repository.js';
import { withRevenue } from './rules/apply-event.js';
import { contribution } from './rules/contribution.js';
import { sameMoney } from './rules/deciding-amount.js';
import type { Conversion } from './conversion.schema.js';
import { ConversionsRepository } from './conversions.repository.js';

const LOOK_EVERY_MS = 5_000;
const BATCH = 200;
const STRIPE = 'conversions-rates';
const MISSING = { flags: 'rate_missing' } as const;

type Unpriced = Pick<Conversion, '_id' | 'payout' | 'payoutAt'>;
type Priced = Unpriced & { revenue: Money };

/**
 * Computes the revenue of conversions that lacked an exchange rate, after their workspace has loaded rates. If the process
 * is killed, the remaining conversions are completed the next time that the workspace loads rates, for any day.
 */
@Injectable()
export class MissingRevenue {
  private readonly due = new Set<WorkspaceId>();

  constructor(
    private readonly rates: RatesService,
    private readonly conversions: ConversionsRepository,
    private readonly counters: LinkCountersRepository,
    private readonly transactions: Transactions,
    jobs: JobRunner,
    ports: Ports,
  ) {
    const job = jobs.register({
      name: 'conversion-revenue',
      everyMs: LOOK_EVERY_MS,
      run: (run) => this.completeDue(run),
    });
    ports.provide(RATES_LISTENER, (workspaceId) => {
      this.due.add(workspaceId);
      job.wake();
    });
  }

  private async completeDue(run: JobRun): Promise<void> {
    for (const workspaceId of this.due) {
      this.due.delete(workspaceId); // before the work: rates that are loaded meanwhile make it due again
      try {
        await this.completeAll(workspaceId, run);
      } catch (error) {
        this.due.add(workspaceId);
        throw error;
      }
    }
  }

  private async completeAll(workspaceId: WorkspaceId, run: JobRun): Promise<void> {
    for (let after = ''; !run.isEnding;) {
      const batch = await this.conversions.scan(workspaceId, MISSING, {
        after,
        limit: BATCH,
        fields: ['_id', 'payout', 'payoutAt'],
      });
      const priced = await this.priced(workspaceId, batch);
      if (priced.length > 0) await this.transactions.run((tx) => this.complete(workspaceId, priced, tx));
      if (batch.length < BATCH) return;
      after = batch.at(-1)?._id ?? after;
    }
  }

  /** The conversions that have a rate now. */
  private async priced(workspaceId: WorkspaceId, batch: readonly Unpriced[]): Promise<Priced[]> {
    const rates = await this.rates.ratesFor(
      workspaceId,
      batch.flatMap(({ payoutAt }) => payoutAt ?? []),
    );
    return batch.flatMap((one) => {
      if (one.payout === null || one.payoutAt === null) return [];
      const found = rates.revenueOf(one.payout, one.payoutAt);
      return found.ok ? [{ ...one, revenue: found.revenue }] : [];
    });
  }

  private async complete(workspaceId: WorkspaceId, priced: readonly Priced[], tx: Transaction): Promise<void> {
    const now = new Date();
    const byId = new Map(priced.map((one) => [one._id, one]));
    const known = await this.conversions.findMany(workspaceId, { _id: { $in: [...byId.keys()] }, ...MISSING }, tx);
    const changes = known.flatMap((before) => {
      const found = byId.get(before._id);
      // If the payout has changed meanwhile, that change has computed the revenue.
      const isSameDay = found?.payoutAt?.getTime() === before.payoutAt?.getTime();
      const isSame = isSameDay && sameMoney(found?.payout ?? null, before.payout);
      return found && isSame ? [{ before, after: withRevenue(before, found.revenue, now) }] : [];
    });
    const deltas = [...groupBy(changes, ({ after }) => after.linkId)].map(([linkId, ofLink]) => {
      const moved = ofLink.flatMap(({ before, after }) => [contribution(after), negateDelta(contribution(before))]);
      return [linkId, sumDeltas(moved)] as const;
    });
    await this.conversions.saveMany(workspaceId, { inserts: [], changes }, tx);
    await this.counters.addAll(workspaceId, new Map(deltas), STRIPE, tx);
  }
}
