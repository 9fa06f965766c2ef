import type { Conversion } from '../conversion.schema.js';

/** The click whose conversion it is; none where it is the link's as a whole, which a share of revenue is, whatever click is named. */
export function clickOf({ clickId, eventType }: Pick<Conversion, 'clickId' | 'eventType'>): string | null {
  return eventType === 'revshare' ? null : clickId;
}
