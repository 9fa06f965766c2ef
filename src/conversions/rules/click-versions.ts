import type { ConversionState } from './conversion-state.js';
import { clickOf } from './click-of.js';

/**
 * Numbers the changes of a click's conversions, continuing after the highest known number. Two transactions that do not see
 * each other's changes choose the same number. The index on it is unique, so only one of them can be stored.
 */
export class ClickVersions {
  private readonly highest = new Map<string, number>();

  /** @param known all conversions of the clicks that `next` is called for. */
  constructor(known: Iterable<ConversionState>) {
    for (const { clickId, clickVersion } of known) if (clickId !== null) this.record(clickId, clickVersion ?? 0);
  }

  /** The conversion with the next version of its click. */
  next(conversion: ConversionState): ConversionState {
    const clickId = clickOf(conversion);
    if (clickId === null) return conversion;
    const clickVersion = (this.highest.get(clickId) ?? 0) + 1;
    this.record(clickId, clickVersion);
    return { ...conversion, clickVersion };
  }

  private record(clickId: string, version: number): void {
    this.highest.set(clickId, Math.max(version, this.highest.get(clickId) ?? 0));
  }
}
