import { useQueries } from '@tanstack/react-query';
import { hasScope, useMe } from '../../app/session';
import { Button, ButtonLink } from '../../ui/controls/button';
import { formatCount } from '../../ui/data/money-format';
import { EmptyState, Skeleton } from '../../ui/layout/feedback';
import type { DayRange } from '../../ui/period/period';
import type { PostbacksSearch } from '../postbacks-search';
import { postbackWords as words } from '../postbacks-words';
import { activeLogFilters, type LogFilter, logQueryOf, withoutLogFilter } from './log-filters';
import { countsQuery } from './use-counts';

interface Loosening {
  key: string;
  label: string;
  search: PostbacksSearch;
  range: DayRange | null;
}

/** A log without rows: no request has come yet, or the filters leave none. Then each loosening says its effect. */
export function NothingInLog({
  search,
  range,
  valueOf,
  onChange,
}: {
  search: PostbacksSearch;
  range: DayRange | null;
  valueOf: (name: LogFilter) => string;
  onChange: (search: PostbacksSearch) => void;
}) {
  const loosenings = looseningsOf(search, range, valueOf);
  const counts = useQueries({ queries: loosenings.map((one) => countsQuery(logQueryOf(one.search, one.range))) });
  const canConnect = hasScope(useMe(), 'networks:read');
  if (counts.some(({ isPending }) => isPending)) return <Skeleton height={160} />;
  const useful = loosenings
    .map((one, index) => {
      const { verdict } = one.search;
      const found = counts[index]?.data;
      return { ...one, count: verdict === undefined ? (found?.total ?? 0) : (found?.verdicts[verdict] ?? 0) };
    })
    .filter(({ count }) => count > 0);
  const hasFilters = activeLogFilters(search).length > 0;
  if (useful.length === 0 && !hasFilters) {
    const actions = canConnect ? <ButtonLink to="/networks">{words.emptyNetworks}</ButtonLink> : undefined;
    return (
      <EmptyState title={words.emptyTitle} actions={actions}>
        {words.emptyText}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={hasFilters ? words.nothingTitle : words.nothingInPeriod}
      actions={useful.map(({ key, label, count, search: loosened }) => (
        <Button key={key} onClick={() => onChange(loosened)}>
          {words.dropGives(label, formatCount(count))}
        </Button>
      ))}
    />
  );
}

function looseningsOf(
  search: PostbacksSearch,
  range: DayRange | null,
  valueOf: (name: LogFilter) => string,
): Loosening[] {
  const { from: _from, to: _to, ...timeless } = search;
  return [
    ...activeLogFilters(search).map((name) => ({
      key: name,
      label: words.dropFilter(words.filters[name], valueOf(name)),
      search: withoutLogFilter(search, name),
      range,
    })),
    ...(range === null
      ? []
      : [{ key: 'time', label: words.allTime, search: { ...timeless, period: 'all' as const }, range: null }]),
  ];
}
