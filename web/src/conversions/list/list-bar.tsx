import { type FilterChip, FilterChips } from '../../ui/controls/filter-chips';
import { Segments } from '../../ui/controls/segments';
import { PeriodBar } from '../../ui/period/period-bar';
import type { PeriodSearch } from '../../ui/period/period';
import type { ConversionsSearch, ConversionFilterName } from '../conversions-search';
import { EVENT_NAMES } from '../../ui/data/event-names';
import { conversionWords as words, FLAGS, STATUS_NAMES } from '../conversions-words';
import { useNetworkName } from '../names';
import { useLinkName } from '../../links/link-names';
import { activeFilters, withoutFilter } from './conversions-query';
import { ConversionFilterMenu } from './filter-menu';
import { SearchField } from './search-field';
import { FALLBACK_PERIOD } from './use-conversions-view';
import styles from './conversions-list.module.css';

interface BarProps {
  search: ConversionsSearch;
  loadedAt: number;
  valueOf: (name: ConversionFilterName) => string;
  onChange: (search: ConversionsSearch) => void;
}

/** The bar of the list: period, and which time counts. */
export function ListBar({ search, loadedAt, onChange }: Omit<BarProps, 'valueOf'>) {
  const changePeriod = (period: PeriodSearch): void => {
    const { period: _period, from: _from, to: _to, ...rest } = search;
    onChange({ ...rest, ...period });
  };
  return (
    <PeriodBar
      search={search}
      fallback={FALLBACK_PERIOD}
      onChange={changePeriod}
      loadedAt={loadedAt}
      timeBy={
        <Segments
          label={words.timeBy}
          value={search.timeBy ?? 'conversion'}
          segments={[
            { value: 'conversion', label: words.byConversion },
            { value: 'click', label: words.byClick },
          ]}
          onChange={(value) => onChange({ ...search, timeBy: value === 'click' ? value : undefined })}
        />
      }
    />
  );
}

/** Search and filters: in the bar, on phones above the list. */
export function FilterLine({ search, valueOf, onChange }: Omit<BarProps, 'loadedAt'>) {
  const chips: FilterChip[] = activeFilters(search)
    .filter((name) => name !== 'find')
    .map((name) => ({
      name: words.filters[name],
      value: valueOf(name),
      remove: () => onChange(withoutFilter(search, name)),
    }));
  return (
    <div className={styles.secondLine}>
      <div className={styles.search}>
        <SearchField
          value={search.find ?? ''}
          onChange={(find) => onChange({ ...search, find: find === '' ? undefined : find })}
        />
      </div>
      <ConversionFilterMenu onChange={(filters) => onChange({ ...search, ...filters })} />
      <FilterChips chips={chips} />
    </div>
  );
}

/** The value of each filter in words. */
export function useFilterValues(search: ConversionsSearch): (name: ConversionFilterName) => string {
  const link = useLinkName(search.link);
  const network = useNetworkName(search.network);
  return (name) => {
    switch (name) {
      case 'find':
        return search.find ?? '';
      case 'status':
        return search.status === undefined ? '' : STATUS_NAMES[search.status];
      case 'event':
        return search.event === undefined ? '' : EVENT_NAMES[search.event];
      case 'network':
        return network ?? search.network ?? '';
      case 'link':
        return link?.title ?? search.link ?? '';
      case 'flag':
        return search.flag === undefined ? '' : FLAGS[search.flag].name;
      case 'ftd':
        return words.ftdOnly;
    }
  };
}
