import type { Conversion } from '../conversions-words';

type Entry = Conversion['history'][number];

/** Where the present payout came from: the source of the latest report that changed it. */
export function payoutOrigin(history: readonly Pick<Entry, 'payout' | 'origin'>[]): Entry['origin'] | undefined {
  const last = history.at(-1)?.payout;
  const index = history.findLastIndex(
    ({ payout }) => payout?.amount !== last?.amount || payout?.currency !== last?.currency,
  );
  return history[index + 1]?.origin;
}
