import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import { useSearchText } from '../../ui/controls/use-search-text';
import { buttonClass } from '../../ui/controls/button';
import { FilterChips } from '../../ui/controls/filter-chips';
import { Segments } from '../../ui/controls/segments';
import { TextField } from '../../ui/controls/text-field';
import { useIsPhone } from '../../ui/use-is-phone';
import { useStateCounts } from '../links-queries';
import { useNetworkNames } from '../../networks/use-networks';
import {
  LINK_FILTERS,
  filtersOf,
  type LinkFilters,
  LINK_STATES,
  type LinksSearch,
  type LinkStateName,
  toLinkQuery,
} from '../links-search';
import { linksWords } from '../links-words';
import type { ColumnId } from './column-choice';
import { ColumnsMenu } from './columns-menu';
import { LinkFilterMenu } from './filter-menu';
import styles from './list.module.css';

/** States with their numbers, search, filters, columns and export. */
export function ListTools({
  search,
  columns,
  onColumns,
  onChange,
}: {
  search: LinksSearch;
  columns: readonly ColumnId[];
  onColumns: (columns: readonly ColumnId[] | undefined) => void;
  /** `isTyping`: the change replaces the entry of the browser's history. */
  onChange: (changes: Partial<LinksSearch>, isTyping?: boolean) => void;
}) {
  const filters = filtersOf(search);
  const state = search.state ?? 'all';
  const isPhone = useIsPhone();
  const { data: counts } = useStateCounts(filters);
  const searchBox = <SearchBox value={search.search ?? ''} onChange={(text) => onChange({ search: text }, true)} />;
  return (
    <>
      {isPhone ? searchBox : null}
      <div className={styles.tools}>
        <Segments
          label={linksWords.state}
          segments={LINK_STATES.map((value) => ({
            value,
            label: linksWords.states[value],
            count: counts?.[value],
          }))}
          value={state}
          onChange={(value) => onChange({ state: value === 'all' ? undefined : value })}
        />
        {isPhone ? null : searchBox}
        <LinkFilterMenu onFilter={(name, value) => onChange({ [name]: value })} />
        <span className="push row">
          {isPhone ? null : <ColumnsMenu columns={columns} onChange={onColumns} />}
          <ExportLink filters={filters} state={state} />
        </span>
      </div>
      <Filters filters={filters} onRemove={(name) => onChange({ [name]: undefined })} />
    </>
  );
}

/** Finds by words. What is typed stays in the box while the list is loaded. */
function SearchBox({ value, onChange }: { value: string; onChange: (text: string | undefined) => void }) {
  const [typed, setTyped] = useSearchText(value, (text) => onChange(text === '' ? undefined : text));
  return (
    <div className={styles.search}>
      <TextField
        type="search"
        label={linksWords.search}
        isLabelHidden
        placeholder={linksWords.searchHint}
        value={typed}
        maxLength={100}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}

function Filters({
  filters,
  onRemove,
}: {
  filters: LinkFilters;
  onRemove: (name: (typeof LINK_FILTERS)[number]) => void;
}) {
  const networks = useNetworkNames();
  const chips = LINK_FILTERS.flatMap((name) => {
    const value = filters[name];
    if (value === undefined || name === 'search') return [];
    const label = name === 'networkId' ? (networks.get(value) ?? value) : value;
    return [{ name: linksWords.filters[name], value: label, remove: () => onRemove(name) }];
  });
  return chips.length === 0 ? null : (
    <div className={styles.chips}>
      <FilterChips chips={chips} />
    </div>
  );
}

/** Downloads the links that the filters and the state leave, as CSV. */
function ExportLink({ filters, state }: { filters: LinkFilters; state: LinkStateName }) {
  const query = new URLSearchParams({ format: 'csv' });
  for (const [name, value] of Object.entries(toLinkQuery(filters, state))) {
    for (const each of [value].flat()) if (each !== undefined) query.append(name, each);
  }
  return (
    <a
      className={buttonClass({ isSmall: true, look: 'quiet' })}
      href={`/api/v1/links/export?${query}`}
      download="links.csv"
      aria-label={linksWords.exportLabel}
    >
      <IconDownload className="icon-small" />
      {linksWords.exported}
    </a>
  );
}
