import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import IconPlus from '@tabler/icons-react/dist/esm/icons/IconPlus.mjs';
import { lazy, Suspense, useCallback, useEffect, useMemo } from 'react';
import { useKeys } from '../app/keyboard';
import { hasScope, useMe, useTimeZone } from '../app/session';
import { Button } from '../ui/controls/button';
import { ErrorBox } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import { PeriodBar } from '../ui/period/period-bar';
import { rangeOf } from '../ui/period/period';
import { useIsPhone } from '../ui/use-is-phone';
import { SelectionBar } from './bulk/selection-bar';
import { useSelection } from './bulk/use-selection';
import type { Link } from './link-types';
import { linkPagesQuery, useStateCounts } from './links-queries';
import { filtersOf, formatSorting, type LinksSearch, sortingOf } from './links-search';
import { linksWords } from './links-words';
import { NoLinks, NoMatches } from './list/empty-list';
import { LinkCards } from './list/link-cards';
import { LinksTable } from './list/links-table';
import { ListSkeleton } from './list/list-skeleton';
import { ListTools } from './list/list-tools';
import { useColumnsChoice } from './list/use-columns-choice';
import { useLinkNumbers } from './list/use-link-numbers';

const LinkBuilder = lazy(() => import('./builder/link-builder').then((module) => ({ default: module.LinkBuilder })));
const route = getRouteApi('/signed-in/links');
/** A short page, such as the last of the ranked links, is followed by the next one at once. */
const MIN_SHOWN = 30;

/** The list of links with the numbers of a period. The URL holds the whole view. */
export function LinksPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const canChange = hasScope(useMe(), 'links:write');
  const [columns, setColumns] = useColumnsChoice();
  const change = useCallback(
    (changes: Partial<LinksSearch>, isTyping = false) => {
      void navigate({ search: (before) => ({ ...before, ...changes }), replace: isTyping, resetScroll: false });
    },
    [navigate],
  );
  const list = useLinks(search);
  return (
    <Page
      title={linksWords.title}
      actions={
        canChange ? (
          <Button
            look="primary"
            icon={<IconPlus className="icon" />}
            keys="C"
            onClick={() => change({ builder: 'new' })}
          >
            <span className="not-on-phone">{linksWords.newLink}</span>
            <span className="visually-hidden phone-only">{linksWords.newLink}</span>
          </Button>
        ) : null
      }
      bar={
        <PeriodBar
          search={search}
          fallback="today"
          loadedAt={list.numbers.loadedAt}
          onChange={(period) => change({ period: undefined, from: undefined, to: undefined, ...period })}
        />
      }
    >
      <ListTools search={search} columns={columns} onColumns={setColumns} onChange={change} />
      {list.error === null ? null : <ErrorBox error={list.error} onRetry={list.retry} />}
      <List list={list} search={search} columns={columns} onChange={change} />
      <Suspense fallback={null}>
        {search.builder === undefined ? null : (
          <LinkBuilder
            key={`${search.builder} ${search.copyOf}`}
            linkId={search.builder === 'new' ? null : search.builder}
            copyOf={search.copyOf}
            onClose={() => change({ builder: undefined, copyOf: undefined })}
          />
        )}
      </Suspense>
    </Page>
  );
}

/** The links of the view, with their numbers. */
function useLinks(search: LinksSearch) {
  const timeZone = useTimeZone();
  const range = rangeOf(search, 'today', timeZone);
  const [filters, state, sorting] = [filtersOf(search), search.state ?? 'all', sortingOf(search)] as const;
  const pages = useInfiniteQuery(linkPagesQuery({ filters, state, sorting, range }));
  const { data: counts } = useStateCounts(filters);
  const loaded = pages.data?.pages;
  const links = useMemo(() => loaded?.flatMap((page) => page.links), [loaded]);
  const ids = useMemo(
    () => (loaded ?? []).map((page) => page.links.map(({ id }) => id)).filter(({ length }) => length > 0),
    [loaded],
  );
  const numbers = useLinkNumbers(ids, range, true);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = pages;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const isShort = hasNextPage && (links?.length ?? 0) < MIN_SHOWN;
  useEffect(() => {
    if (isShort) loadMore();
  }, [isShort, loadMore]);
  return {
    links,
    filters,
    state,
    sorting,
    numbers,
    counts,
    matching: counts?.[state],
    hasMore: hasNextPage,
    loadMore,
    error: pages.error ?? numbers.error,
    retry: () => void pages.refetch(),
  };
}

function List({
  list,
  search,
  columns,
  onChange,
}: {
  list: ReturnType<typeof useLinks>;
  search: LinksSearch;
  columns: Parameters<typeof LinksTable>[0]['columns'];
  onChange: (changes: Partial<LinksSearch>) => void;
}) {
  const { links, filters, state, counts, matching, numbers } = list;
  const navigate = route.useNavigate();
  const isPhone = useIsPhone();
  const canChange = hasScope(useMe(), 'links:write');
  const selection = useSelection(links ?? []);
  useFirstRowKeys();
  if (links === undefined) return list.error === null ? <ListSkeleton isPhone={isPhone} /> : null;
  if (links.length === 0) {
    const isFiltered = Object.keys(filters).length > 0 || search.state !== undefined;
    if (!isFiltered && counts?.archived === 0) return <NoLinks />;
    return <NoMatches filters={filters} state={state} onDrop={(name) => onChange({ [name]: undefined })} />;
  }
  const shared = {
    links,
    numbers: numbers.byId,
    trends: numbers.trends,
    selected: selection.ids,
    canChange,
    hasMore: list.hasMore,
    onToggle: selection.toggle,
    onEdit: ({ id }: Link) => onChange({ builder: id }),
    onEnd: list.loadMore,
  };
  return (
    <>
      {isPhone ? (
        <LinkCards {...shared} />
      ) : (
        <LinksTable
          {...shared}
          matching={matching}
          columns={columns}
          sorting={list.sorting}
          onSort={(sorting) => onChange({ sort: formatSorting(sorting) })}
          onToggleAll={selection.toggleAll}
          onOpen={({ id }) => void navigate({ to: '/links/$linkId', params: { linkId: id } })}
        />
      )}
      {selection.links.length === 0 ? null : (
        <SelectionBar
          links={selection.links}
          matching={matching ?? 0}
          isSelecting={selection.isSelecting}
          onSelectMatching={() => void selection.selectMatching(filters, state, matching ?? 0)}
          onClear={selection.clear}
        />
      )}
    </>
  );
}

/** `j` and `k` enter the table; within it they move from row to row. */
function useFirstRowKeys(): void {
  const focus = (): void => document.querySelector<HTMLElement>('tr[aria-rowindex="1"]')?.focus();
  const hint = { act: () => undefined };
  useKeys({
    j: { act: focus, label: linksWords.keys.down },
    k: { act: focus, label: linksWords.keys.up },
    x: { ...hint, label: linksWords.keys.select },
    e: { ...hint, label: linksWords.keys.edit },
  });
}
