import type { HistoryEntry } from '../../conversions/conversion.schema.js';
import type { Money } from '../../platform/money/money.js';
import type { ConversionStatus, EventType } from '../../platform/vocabulary/conversion-words.js';
import type { SentValue } from './gloss.js';

/** The conversion of a request, with its history. */
export interface ReportedConversion {
  eventType: EventType;
  history: readonly Pick<HistoryEntry, 'sourceId' | 'status' | 'payout'>[];
}

/** A request in one line: the words that came, and its effect on its conversion. */
export interface PostbackSummary {
  eventWord: string | null;
  statusWord: string | null;
  payoutSent: string | null;
  currencySent: string | null;
  eventType: EventType | null;
  status: ConversionStatus | null;
  statusBefore: ConversionStatus | null;
  payout: Money | null;
}

/** @param conversion absent if there is none, or if it was deleted. */
export function summaryOf(
  postbackId: string,
  parameters: readonly SentValue[],
  conversion: ReportedConversion | undefined,
): PostbackSummary {
  const sent = (as: string): string | null =>
    parameters.find((one) => one.as === as && one.state === 'taken' && one.value !== '')?.value ?? null;
  const { history = [] } = conversion ?? {};
  // The latest one: a request that was run again may have changed the conversion again.
  const at = history.findLastIndex(({ sourceId }) => sourceId === postbackId);
  return {
    eventWord: sent('event'),
    statusWord: sent('status'),
    payoutSent: sent('payout'),
    currencySent: sent('currency'),
    eventType: conversion?.eventType ?? null,
    status: history[at]?.status ?? null,
    statusBefore: history[at - 1]?.status ?? null,
    payout: history[at]?.payout ?? null,
  };
}
