import type { ConversionState } from './conversion-state.js';
import { clickOf } from './click-of.js';

/**
 * Numbers the changes to what is known of a click, beginning where those that are known have come to. Whoever changes conversions
 * of the click without having seen these takes the same numbers, and only one of them can store them: the index is unique.
 */
export class ClickVersions {
  private readonly highest = new Map<string, number>();

  /** @param known all conversions of the clicks that will be asked for. */
  constructor(known: Iterable<ConversionState>) {
    for (const { clickId, clickVersion } of known) if (clickId !== null) this.meet(clickId, clickVersion ?? 0);
  }

  /** The conversion as the next change of its click. */
  next(conversion: ConversionState): ConversionState {
    const clickId = clickOf(conversion);
    if (clickId === null) return conversion;
    const clickVersion = (this.highest.get(clickId) ?? 0) + 1;
    this.meet(clickId, clickVersion);
    return { ...conversion, clickVersion };
  }

  private meet(clickId: string, version: number): void {
    this.highest.set(clickId, Math.max(version, this.highest.get(clickId) ?? 0));
  }
}
