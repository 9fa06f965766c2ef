import { Injectable } from '@nestjs/common';
import { ReplicatedCache } from '../platform/cache/replicated-cache.js';
import type { Money } from '../platform/money/money.js';
import { MongoHealth } from '../platform/mongo/mongo-health.service.js';
import { Transactions } from '../platform/mongo/transactions.js';
import { Ports } from '../platform/ports/ports.service.js';
import { trustedWorkspaceId, type WorkspaceId } from '../platform/tenancy/workspace-id.js';
import { WorkspaceSettingsService } from '../workspaces/settings/workspace-settings.service.js';
import { dayOf, type RateDay, type RateWindow, type Revenue, revenueBy, windowStart } from './rules/rate-days.js';
import { RateDaysRepository } from './rate-days.repository.js';
import { RATES_LISTENER } from './rates.ports.js';
import { rateWindow } from './rules/rate-window.js';

/** How long other processes may use replaced rates. */
const MAX_AGE_MS = 2_000;
/** After this wait, cached rates are used if newer ones cannot be read. */
const WAIT_MS = { known: 200 };
/** Entries of the cache, one for each workspace and day; each takes some ten kilobytes. */
const MAX_CACHED = 500;
const INSERTED_AT_ONCE = 100;
const MAX_LISTED_DAYS = 100;
const DAY = /.{10}$/;

/** The loaded rates of some days. It needs no further queries, so it can be used within a transaction. */
export class LoadedRates {
  constructor(
    /** The workspace's currency. */
    readonly currency: string,
    private readonly windows: ReadonlyMap<string, RateWindow>,
  ) {}

  /** Converts to the workspace's currency at the rate of `at`'s day in UTC, or of the latest day with rates before it. */
  revenueOf(money: Money, at: Date): Revenue {
    const day = dayOf(at);
    const window = this.windows.get(day);
    if (!window) throw new Error(`the rates of ${day} were not loaded`);
    return revenueBy(window, money, this.currency, day);
  }
}

/** Loads and stores exchange rates, and converts money to a workspace's currency. */
@Injectable()
export class RatesService {
  private readonly cache: ReplicatedCache<RateWindow>;

  constructor(
    private readonly days: RateDaysRepository,
    private readonly settings: WorkspaceSettingsService,
    private readonly transactions: Transactions,
    private readonly ports: Ports,
    mongo: MongoHealth,
  ) {
    this.cache = new ReplicatedCache<RateWindow>({
      load: (key) => this.readWindow(trustedWorkspaceId(key.replace(DAY, '').slice(0, -1)), DAY.exec(key)?.[0] ?? ''),
      refreshAfterMs: MAX_AGE_MS / 2,
      staleAfterMs: MAX_AGE_MS,
      max: MAX_CACHED,
      waitMs: WAIT_MS,
      isStoreAnswering: () => mongo.isAnswering,
    });
  }

  /** Converts to the workspace's currency at the rate of `at`'s day. A missing rate is reported, never guessed. */
  async revenueOf(workspaceId: WorkspaceId, money: Money, at: Date): Promise<Revenue> {
    const { currency } = await this.settings.of(workspaceId);
    const day = dayOf(at);
    if (money.currency === currency) return revenueBy({ source: 'own', days: [] }, money, currency, day);
    return revenueBy(await this.windowOf(workspaceId, day), money, currency, day);
  }

  /** The rates of the days of these times. Call it before a transaction starts; the result needs no further queries. */
  async ratesFor(workspaceId: WorkspaceId, times: Iterable<Date>): Promise<LoadedRates> {
    const days = [...new Set([...times].map(dayOf))];
    const { currency } = await this.settings.of(workspaceId);
    const windows = await Promise.all(days.map(async (day) => [day, await this.windowOf(workspaceId, day)] as const));
    return new LoadedRates(currency, new Map(windows));
  }

  /** The rates that apply on a day. They are cached for MAX_AGE_MS. */
  async windowOf(workspaceId: WorkspaceId, day: string): Promise<RateWindow> {
    const window = await this.cache.find(`${workspaceId}:${day}`);
    return window ?? rateWindow(day, []);
  }

  /** The days with loaded rates, newest first, at most a hundred. */
  async loadedDays(workspaceId: WorkspaceId): Promise<string[]> {
    const { rows } = await this.days.page(workspaceId, {}, { limit: MAX_LISTED_DAYS });
    return rows.map(({ day }) => day);
  }

  /** Replaces the rates of these days, all or none. Takes effect at once in this process, and within seconds in others. */
  async replace(workspaceId: WorkspaceId, days: readonly RateDay[]): Promise<void> {
    const loadedAt = new Date();
    const rows = days.map(({ day, rates }) => ({ _id: `${workspaceId}:${day}`, day, rates: { ...rates }, loadedAt }));
    await this.transactions.run(async (tx) => {
      await this.days.deleteMany(workspaceId, { day: { $in: days.map(({ day }) => day) } }, tx);
      // In parts, because casting thousands of days at once would block the event loop.
      for (let i = 0; i < rows.length; i += INSERTED_AT_ONCE) {
        await this.days.insertMany(workspaceId, rows.slice(i, i + INSERTED_AT_ONCE), tx);
      }
    });
    this.cache.invalidatePrefix(`${workspaceId}:`);
    this.ports.get(RATES_LISTENER)(workspaceId);
  }

  /** @returns false when the day had no rates. */
  async remove(workspaceId: WorkspaceId, day: string): Promise<boolean> {
    const removed = await this.days.deleteById(workspaceId, `${workspaceId}:${day}`);
    this.cache.invalidatePrefix(`${workspaceId}:`);
    return removed;
  }

  private async readWindow(workspaceId: WorkspaceId, day: string): Promise<RateWindow> {
    const own = await this.days.findMany(workspaceId, { day: { $gte: windowStart(day), $lte: day } });
    return rateWindow(
      day,
      own.map(({ day: of, rates }) => ({ day: of, rates })),
    );
  }
}
