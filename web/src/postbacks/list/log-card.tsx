import { useMemo } from 'react';
import { useKeys } from '../../app/keyboard';
import { useTimeZone } from '../../app/session';
import { classes } from '../../ui/classes';
import { FilterChips } from '../../ui/controls/filter-chips';
import { formatClock } from '../../ui/data/time-format';
import { ErrorBox, Skeleton } from '../../ui/layout/feedback';
import type { DayRange } from '../../ui/period/period';
import { runSelected } from '../runs/run-selected';
import type { BulkReplayRun } from '../runs/use-bulk-replay';
import type { PostbacksSearch } from '../postbacks-search';
import { postbackWords as words } from '../postbacks-words';
import type { LogFilter, PostbacksQuery } from './log-filters';
import { chipsOf } from './log-bar';
import { ListFoot } from './list-foot';
import { NothingInLog } from './nothing-in-log';
import { PostbackList } from './postback-list';
import { LogSearch } from './log-search';
import { useCounts } from './use-counts';
import type { usePostbackList } from './use-postback-list';
import { useLogSelection } from './use-log-selection';
import { VerdictFilter } from './verdict-filter';
import styles from './list.module.css';

const SKELETON_ROWS = 12;

/** The log: its search, the numbers by verdict, the rows, and the acts on many. */
export function LogCard({
  search,
  range,
  query,
  log,
  bulk,
  valueOf,
  heldHandlers,
  onChange,
  onOpen,
  onWalk,
  onRunMany,
}: {
  search: PostbacksSearch;
  range: DayRange | null;
  query: PostbacksQuery;
  log: ReturnType<typeof usePostbackList>;
  bulk: BulkReplayRun;
  valueOf: (name: LogFilter) => string;
  heldHandlers: object;
  onChange: (search: PostbacksSearch) => void;
  onOpen: (id: string) => void;
  onWalk: (step: 1 | -1) => void;
  onRunMany: () => void;
}) {
  const { list, rows, waiting, take, loadMore, renew, setFirstInView } = log;
  const counts = useCounts(query);
  const selection = useLogSelection();
  const timeZone = useTimeZone();
  const { verdict } = search;
  const shown = useMemo(
    () =>
      counts && {
        count: verdict === undefined ? counts.total : counts.verdicts[verdict],
        isComplete: counts.complete,
      },
    [counts, verdict],
  );
  useSelectionKey(selection, search.id);
  const isEmpty = list.data !== undefined && rows.length === 0 && !list.isPlaceholderData;
  return (
    <section className={styles.log} aria-label={words.title}>
      <div className={styles.top}>
        <LogSearch value={search.q ?? ''} onChange={(q) => onChange({ ...search, q: q === '' ? undefined : q })} />
        <VerdictFilter counts={counts} value={verdict} onChange={(next) => onChange({ ...search, verdict: next })} />
        <FilterChips chips={chipsOf(search, valueOf, onChange)} />
      </div>
      {list.error === null ? null : (
        <ErrorBox
          error={list.error}
          onRetry={() => void list.refetch()}
          {...(list.data !== undefined && { since: formatClock(new Date(list.dataUpdatedAt), timeZone) })}
        />
      )}
      <div className={classes(styles.content, list.isPlaceholderData && styles.fetching)} {...heldHandlers}>
        {list.data === undefined ? (
          list.error === null ? (
            <RowsSkeleton />
          ) : null
        ) : isEmpty ? (
          <NothingInLog search={search} range={range} valueOf={valueOf} onChange={onChange} />
        ) : (
          <PostbackList
            rows={rows}
            openId={search.id}
            waiting={waiting}
            selected={selection.ids}
            onOpen={onOpen}
            onWalk={onWalk}
            onSelect={selection.isOn ? selection.set : undefined}
            onTakeNew={take}
            onEnd={loadMore}
            onView={setFirstInView}
            footnote={list.hasNextPage ? words.loadingMore : words.listEnd}
          />
        )}
      </div>
      <ListFoot
        query={query}
        shown={shown}
        selection={selection}
        bulk={bulk}
        onRunMany={onRunMany}
        onRunSelected={() => {
          const ids = rows.filter(({ id }) => selection.ids.has(id)).map(({ id }) => id);
          selection.end();
          void runSelected(ids.toReversed()).then(renew); // the oldest first, as they came
        }}
      />
    </section>
  );
}

/** `x` selects the opened entry. */
function useSelectionKey(selection: ReturnType<typeof useLogSelection>, openId: string | undefined): void {
  useKeys(
    openId === undefined || !selection.isOn
      ? {}
      : { x: { act: () => selection.set(openId, !selection.ids.has(openId)), label: words.select } },
  );
}

function RowsSkeleton() {
  return (
    <div className={styles.bones}>
      {Array.from({ length: SKELETON_ROWS }, (_, index) => (
        <div key={index}>
          <Skeleton width="60%" />
          <Skeleton width="80%" />
        </div>
      ))}
    </div>
  );
}
