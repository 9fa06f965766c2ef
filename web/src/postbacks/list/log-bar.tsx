import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import type { FilterChip } from '../../ui/controls/filter-chips';
import type { PeriodName, PeriodSearch } from '../../ui/period/period';
import { PeriodBar } from '../../ui/period/period-bar';
import { useNetworkName } from '../../conversions/names';
import { useLinkName } from '../../links/link-names';
import type { PostbacksSearch } from '../postbacks-search';
import { postbackWords as words } from '../postbacks-words';
import { activeLogFilters, type LogFilter, withoutLogFilter } from './log-filters';
import { LogFilterMenu } from './log-filter-menu';
import styles from './list.module.css';

/** As long as a request waits for a corrected mapping. */
export const LOG_PERIOD: PeriodName = '7d';

/** The bar of the log: period and filters. */
export function LogBar({
  search,
  loadedAt,
  onChange,
}: {
  search: PostbacksSearch;
  loadedAt: number;
  onChange: (search: PostbacksSearch) => void;
}) {
  const changePeriod = (period: PeriodSearch): void => {
    const { period: _period, from: _from, to: _to, ...rest } = search;
    onChange({ ...rest, ...period });
  };
  return (
    <PeriodBar
      search={search}
      fallback={LOG_PERIOD}
      onChange={changePeriod}
      loadedAt={loadedAt}
      timeBy={
        <span className={styles.timeBy}>
          <IconClock className="icon-small" aria-hidden="true" />
          {words.byArrival}
        </span>
      }
    >
      <LogFilterMenu filters={search} onChange={(filters) => onChange({ ...search, ...filters })} />
    </PeriodBar>
  );
}

/** The filters in effect. Text and verdict have places of their own. */
export function chipsOf(
  search: PostbacksSearch,
  valueOf: (name: LogFilter) => string,
  onChange: (search: PostbacksSearch) => void,
): FilterChip[] {
  return activeLogFilters(search)
    .filter((name) => name !== 'q' && name !== 'verdict')
    .map((name) => ({
      name: words.filters[name],
      value: valueOf(name),
      remove: () => onChange(withoutLogFilter(search, name)),
    }));
}

/** The value of each filter in words. */
export function useLogFilterValues(search: PostbacksSearch): (name: LogFilter) => string {
  const link = useLinkName(search.link)?.title;
  const network = useNetworkName(search.network);
  return (name) => {
    switch (name) {
      case 'network':
        return network ?? '';
      case 'link':
        return link ?? search.link ?? '';
      case 'origin':
        return search.origin === undefined ? '' : words.origins[search.origin];
      case 'waiting':
        return words.yes;
      case 'q':
      case 'verdict':
      case 'reason':
      case 'conversion':
        return search[name] ?? '';
    }
  };
}
