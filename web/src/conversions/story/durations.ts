import type { EventType } from '../../ui/data/event-names';
import type { Conversion, ConversionStatus } from '../conversions-words';

/** A point on the line from the click to the money. */
export interface DurationPoint {
  kind: 'click' | 'event' | 'settled';
  /** Of events. */
  eventType?: EventType;
  /** The status that the conversion has since then; for the last point. */
  status?: ConversionStatus;
  /** Since the click. */
  ms: number;
}

/**
 * The way from the click to the money: click, registration, this event, and its settlement if it was pending first. Empty
 * without a click, and for times before the click.
 */
export function durationPoints(
  {
    clickedAt,
    convertedAt,
    eventType,
    history,
    status,
  }: Pick<Conversion, 'clickedAt' | 'convertedAt' | 'eventType' | 'history' | 'status'>,
  siblings: readonly Pick<Conversion, 'eventType' | 'convertedAt'>[],
): DurationPoint[] {
  if (clickedAt === null) return [];
  const since = (at: string): number => Date.parse(at) - Date.parse(clickedAt);
  if (since(convertedAt) < 0) return [];
  const registration = siblings.find(
    (one) => one.eventType === 'registration' && since(one.convertedAt) >= 0 && one.convertedAt <= convertedAt,
  );
  const settledAt = settlementOf(history);
  const isPending = status === 'pending';
  return [
    { kind: 'click', ms: 0 },
    ...(registration === undefined || eventType === 'registration'
      ? []
      : [{ kind: 'event', eventType: 'registration', ms: since(registration.convertedAt) } as const]),
    { kind: 'event', eventType, ...(!isPending && settledAt === null && { status }), ms: since(convertedAt) },
    ...(settledAt === null && !isPending
      ? []
      : [{ kind: 'settled', status, ms: since(settledAt ?? convertedAt) } as const]),
  ];
}

/** When a conversion that began as pending got its present final status. Null: it was never pending, or still is. */
function settlementOf(history: Conversion['history']): string | null {
  if (history[0]?.status !== 'pending') return null;
  const last = history.at(-1)?.status;
  if (last === 'pending') return null;
  const index = history.findLastIndex(({ status }) => status !== last) + 1;
  return history[index]?.at ?? null;
}

/** Since when the conversion has its status. */
export function statusSince({ history, convertedAt }: Pick<Conversion, 'history' | 'convertedAt'>): string {
  const last = history.at(-1)?.status;
  const index = history.findLastIndex(({ status }) => status !== last) + 1;
  return history[index]?.at ?? convertedAt;
}
