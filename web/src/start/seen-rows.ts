import type { Schema } from '../api/client';
import type { VerdictName } from '../ui/data/status';
import type { MoneyValue } from '../ui/data/money-format';
import { eventWithMoney } from './seen-sentences';
import { startWords } from './start-words';

/** Rows that are shown. */
export const SEEN_ROWS = 8;

type Click = Pick<Schema<'ClickResponse'>, 'id' | 'at' | 'country' | 'device' | 'isBot' | 'isTest'>;
type Postback = Pick<Schema<'PostbackResponse'>, 'id' | 'receivedAt' | 'verdict' | 'reason'> & {
  summary: Pick<Schema<'PostbackSummaryResponse'>, 'eventType' | 'payout'>;
};

export type SeenRow = { id: string; at: string; text: string; detail: string } & (
  { kind: 'click' } | { kind: 'postback'; verdict: VerdictName; payout: MoneyValue | null }
);

/** The latest clicks and postbacks together, newest first. Test clicks belong to the tests beside them. */
export function seenRows(clicks: readonly Click[], postbacks: readonly Postback[]): SeenRow[] {
  const rows: SeenRow[] = [
    ...clicks
      .filter(({ isTest }) => !isTest)
      .map(({ id, at, country, device, isBot }) => ({
        kind: 'click' as const,
        id,
        at,
        text: isBot ? startWords.seenBot : startWords.seenClick,
        detail: [country, device].filter((part) => part !== null).join(', '),
      })),
    ...postbacks.map(({ id, receivedAt: at, verdict, reason, summary: { eventType, payout } }) => {
      const event = eventWithMoney(eventType, null);
      const text =
        verdict === 'test'
          ? [startWords.test, ...(eventType === null ? [] : [event])].join(', ')
          : verdict === 'rejected'
            ? 'Rejected'
            : event;
      return {
        kind: 'postback' as const,
        id,
        at,
        verdict,
        payout: verdict === 'rejected' ? null : payout,
        text,
        detail: reason ?? '',
      };
    }),
  ];
  return rows.toSorted((a, b) => b.at.localeCompare(a.at)).slice(0, SEEN_ROWS);
}
