import { Injectable } from '@nestjs/common';
import { ReplicatedCache } from '../platform/cache/replicated-cache.js';
import type { Money } from '../platform/money/money.js';
import { MongoHealth } from '../platform/mongo/mongo-health.service.js';
import { Transactions } from '../platform/mongo/transactions.js';
import { Ports } from '../platform/ports/ports.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import {
  countingFor,
  dayOf,
  type RateDay,
  type RateWindow,
  type Revenue,
  revenueBy,
  windowStart,
} from './rules/rate-days.js';
import { RateDaysRepository } from './rate-days.repository.js';
import { RATES_LISTENER } from './rates.ports.js';
import { sampleRates } from './rules/sample-rates.js';

/** How long other processes may go on with rates that were replaced. */
const MAX_AGE_MS = 2_000;
/** Known rates are used after that, if newer ones cannot be read. */
const WAIT_MS = { known: 200 };
/** Workspaces times days; a day's rates are some ten kilobytes. */
const MAX_KNOWN = 500;
const INSERTED_AT_ONCE = 100;
const MAX_LISTED_DAYS = 100;
const DAY = /.{10}$/;

/** The rates of some days, at hand: nothing is asked of anybody any more, so it can be used within a transaction. */
export class RatesAtHand {
  constructor(
    /** The workspace's currency. */
    readonly currency: string,
    private readonly windows: ReadonlyMap<string, RateWindow>,
  ) {}

  /** The money in the workspace's currency by the rate of `at`'s day in UTC, or of the latest day with rates before it. */
  revenueOf(money: Money, at: Date): Revenue {
    const day = dayOf(at);
    const window = this.windows.get(day);
    if (!window) throw new Error(`the rates of ${day} were not asked for`);
    return revenueBy(window, money, this.currency, day);
  }
}

@Injectable()
export class RatesService {
  private readonly known: ReplicatedCache<RateWindow>;

  constructor(
    private readonly days: RateDaysRepository,
    private readonly settings: WorkspaceSettingsService,
    private readonly transactions: Transactions,
    private readonly ports: Ports,
    watch: MongoHealth,
  ) {
    this.known = new ReplicatedCache<RateWindow>({
      load: (key) => this.readWindow(trustedWorkspaceId(key.replace(DAY, '').slice(0, -1)), DAY.exec(key)?.[0] ?? ''),
      refreshAfterMs: MAX_AGE_MS / 2,
      staleAfterMs: MAX_AGE_MS,
      max: MAX_KNOWN,
      waitMs: WAIT_MS,
      isStoreAnswering: () => watch.isAnswering,
    });
  }

  /** The money in the workspace's currency by the rate of `at`'s day. A rate that is missing is said to be, never made up. */
  async revenueOf(workspaceId: WorkspaceId, money: Money, at: Date): Promise<Revenue> {
    const { currency } = await this.settings.of(workspaceId);
    const day = dayOf(at);
    if (money.currency === currency) return revenueBy({ source: 'own', days: [] }, money, currency, day);
    return revenueBy(await this.windowOf(workspaceId, day), money, currency, day);
  }

  /** The rates of all these times' days. To be called before a transaction starts; what it gives asks nobody. */
  async ratesFor(workspaceId: WorkspaceId, times: Iterable<Date>): Promise<RatesAtHand> {
    const days = [...new Set([...times].map(dayOf))];
    const { currency } = await this.settings.of(workspaceId);
    const windows = await Promise.all(days.map(async (day) => [day, await this.windowOf(workspaceId, day)] as const));
    return new RatesAtHand(currency, new Map(windows));
  }

  /** The rates that count for a day (known for a moment, see MAX_AGE_MS). */
  async windowOf(workspaceId: WorkspaceId, day: string): Promise<RateWindow> {
    const window = await this.known.find(`${workspaceId}:${day}`);
    return window ?? { source: 'sample', days: countingFor(day, sampleRates()) };
  }

  /** The days that the workspace has loaded, newest first, a hundred at most. */
  async loadedDays(workspaceId: WorkspaceId): Promise<string[]> {
    const { rows } = await this.days.page(workspaceId, {}, { limit: MAX_LISTED_DAYS });
    return rows.map(({ day }) => day);
  }

  /** Replaces the rates of these days, all or none of them. Takes effect at once in this process, in others within seconds. */
  async replace(workspaceId: WorkspaceId, days: readonly RateDay[]): Promise<void> {
    const loadedAt = new Date();
    const rows = days.map(({ day, rates }) => ({ _id: `${workspaceId}:${day}`, day, rates: { ...rates }, loadedAt }));
    await this.transactions.run(async (tx) => {
      await this.days.deleteMany(workspaceId, { day: { $in: days.map(({ day }) => day) } }, tx);
      // In parts, so that casting thousands of days does not keep others waiting.
      for (let i = 0; i < rows.length; i += INSERTED_AT_ONCE) {
        await this.days.insertMany(workspaceId, rows.slice(i, i + INSERTED_AT_ONCE), tx);
      }
    });
    this.known.invalidatePrefix(`${workspaceId}:`);
    this.ports.get(RATES_LISTENER)(workspaceId);
  }

  /** Whether there were rates of that day to remove. */
  async remove(workspaceId: WorkspaceId, day: string): Promise<boolean> {
    const removed = await this.days.deleteById(workspaceId, `${workspaceId}:${day}`);
    this.known.invalidatePrefix(`${workspaceId}:`);
    return removed;
  }

  private async readWindow(workspaceId: WorkspaceId, day: string): Promise<RateWindow> {
    const own = await this.days.findMany(workspaceId, { day: { $gte: windowStart(day), $lte: day } });
    if (own.length === 0) return { source: 'sample', days: countingFor(day, sampleRates()) };
    return {
      source: 'own',
      days: countingFor(
        day,
        own.map(({ day: of, rates }) => ({ day: of, rates })),
      ),
    };
  }
}
