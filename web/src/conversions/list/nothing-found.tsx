import { useQueries } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client';
import { hasScope, useMe } from '../../app/session';
import { Button, ButtonLink } from '../../ui/controls/button';
import { formatCount } from '../../ui/data/money-format';
import { EmptyState, Skeleton } from '../../ui/layout/feedback';
import { type DayRange } from '../../ui/period/period';
import type { ConversionsSearch, ConversionFilterName } from '../conversions-search';
import { conversionWords as words } from '../conversions-words';
import { activeFilters, queryOf, withoutFilter } from './conversions-query';

interface Loosening {
  key: string;
  label: string;
  search: ConversionsSearch;
  range: DayRange | null;
}

/** A list without rows: there are no conversions at all, or the filters leave none. Then each loosening says its effect. */
export function NothingFound({
  search,
  range,
  valueOf,
  onChange,
}: {
  search: ConversionsSearch;
  range: DayRange | null;
  valueOf: (name: ConversionFilterName) => string;
  onChange: (search: ConversionsSearch) => void;
}) {
  const loosenings = looseningsOf(search, range, valueOf);
  const counts = useQueries({
    queries: loosenings.map((one) => ({
      queryKey: ['conversions', 'totals', queryOf(one.search, one.range)],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const params = { query: queryOf(one.search, one.range) };
        return bodyOf(await api.GET('/api/v1/conversions/totals', { params, signal }));
      },
    })),
  });
  const canConnect = hasScope(useMe(), 'networks:read');
  if (counts.some(({ isPending }) => isPending)) return <Skeleton height={160} />;
  const useful = loosenings
    .map((one, index) => ({ ...one, count: counts[index]?.data?.count ?? 0 }))
    .filter(({ count }) => count > 0);
  if (useful.length === 0 && activeFilters(search).length === 0) {
    return (
      <EmptyState
        title={words.emptyTitle}
        actions={canConnect ? <ButtonLink to="/networks">{words.emptyNetworks}</ButtonLink> : undefined}
      >
        {words.emptyText}
      </EmptyState>
    );
  }
  const isPeriodAlone = activeFilters(search).length === 0;
  return (
    <EmptyState
      title={isPeriodAlone ? words.nothingInPeriod : words.nothingTitle}
      actions={useful.map(({ key, label, count, search: loosened }) => (
        <Button key={key} onClick={() => onChange(loosened)}>
          {label}: {words.dropGives(formatCount(count))}
        </Button>
      ))}
    />
  );
}

function looseningsOf(
  search: ConversionsSearch,
  range: DayRange | null,
  valueOf: (name: ConversionFilterName) => string,
): Loosening[] {
  const { from: _from, to: _to, ...timeless } = search;
  return [
    ...activeFilters(search).map((name) => ({
      key: name,
      label: words.dropFilter(words.filters[name], valueOf(name)),
      search: withoutFilter(search, name),
      range,
    })),
    ...(range === null
      ? []
      : [{ key: 'time', label: words.allTime, search: { ...timeless, period: 'all' as const }, range: null }]),
  ];
}
