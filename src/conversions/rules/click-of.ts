import type { Conversion } from '../conversion.schema.js';

/** The click of a conversion. A share of revenue belongs to its link as a whole, even if it names a click: `null`. */
export function clickOf({ clickId, eventType }: Pick<Conversion, 'clickId' | 'eventType'>): string | null {
  return eventType === 'revshare' ? null : clickId;
}
