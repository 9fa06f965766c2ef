import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTimeZone, workspaceQuery } from '../../app/session';
import { type DayRange, type PeriodName, rangeOf } from '../../ui/period/period';
import type { ConversionsSearch } from '../conversions-search';
import { type ConversionsQuery, queryOf } from './conversions-query';

export const FALLBACK_PERIOD: PeriodName = '30d';

/** The query of a list, from the search of its URL. It is the same object while its content is the same. */
export function useConversionsView(search: ConversionsSearch): { range: DayRange | null; query: ConversionsQuery } {
  const timeZone = useTimeZone();
  const range = rangeOf(search, FALLBACK_PERIOD, timeZone);
  const text = JSON.stringify(queryOf(search, range));
  const query = useMemo(() => JSON.parse(text) as ConversionsQuery, [text]);
  return { range, query };
}

/** The currency of revenue. */
export function useCurrency(): string {
  return useQuery({ ...workspaceQuery, enabled: false }).data?.currency ?? '';
}
