import type { Money } from '../../platform/money/money.js';
import { dayOf, type RateDay, revenueBy } from './rate-days.js';
import { rateWindow } from './rate-window.js';

/** The currency of a workspace with the rates of the last days, for conversions that cannot wait for a look-up. */
export class RecentRates {
  /** For a workspace that does not exist. */
  static readonly NONE = new RecentRates('', []);

  /** @param days the rates that the workspace has loaded for the last days. */
  constructor(
    /** The workspace's. */
    readonly currency: string,
    private readonly days: readonly RateDay[],
  ) {}

  /** Converts to the workspace's currency by the rates of `at`'s day, as `RatesService.revenueOf`. */
  convert(money: Money, at: Date, decimals?: number): Money | undefined {
    const day = dayOf(at);
    const found = revenueBy(rateWindow(day, this.days), money, this.currency, day, decimals);
    return found.ok ? found.revenue : undefined;
  }
}
