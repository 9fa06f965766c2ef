import IconSend from '@tabler/icons-react/dist/esm/icons/IconSend.mjs';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useKeys } from '../app/keyboard';
import { hasScope, useMe, useTimeZone } from '../app/session';
import { classes } from '../ui/classes';
import { ButtonLink } from '../ui/controls/button';
import { useHeldRows } from '../ui/data/use-new-rows';
import { EmptyState } from '../ui/layout/feedback';
import { Page } from '../ui/layout/page';
import { rangeOf } from '../ui/period/period';
import { EntryPane, type Walk } from './entry/entry-pane';
import { useMappingChanges } from './fix/use-mapping-changes';
import { type PostbacksQuery, logQueryOf } from './list/log-filters';
import { LOG_PERIOD, LogBar, useLogFilterValues } from './list/log-bar';
import { LogCard } from './list/log-card';
import { usePostbackList } from './list/use-postback-list';
import type { PostbacksSearch } from './postbacks-search';
import { postbackWords as words } from './postbacks-words';
import { RunManySheet } from './runs/run-many-sheet';
import { useBulkReplay } from './runs/use-bulk-replay';
import styles from './postbacks.module.css';

/** The debugger of postbacks: list/ has the log, entry/ one request taken apart, fix/ the mending of mappings, runs/ many runs. */
export function PostbacksPage() {
  const search = useSearch({ from: '/signed-in/postbacks' });
  const { id } = search;
  const view = useView(search);
  const { isHeld, handlers } = useHeldRows();
  const log = usePostbackList(view.query, { isHeld: isHeld || id !== undefined });
  const changes = useMappingChanges(log.renew);
  const bulk = useBulkReplay(log.renew);
  const [isRunningMany, setRunningMany] = useState(false);
  const valueOf = useLogFilterValues(search);
  const walk = useWalk(search, log, view.open);
  const isEmpty = id === undefined && log.list.data !== undefined && log.rows.length === 0;
  return (
    <Page
      title={words.title}
      actions={<SendTest />}
      bar={<LogBar search={search} loadedAt={log.list.dataUpdatedAt} onChange={view.change} />}
    >
      <div className={classes(styles.grid, id !== undefined && styles.hasEntry, isEmpty && styles.isEmpty)}>
        <LogCard
          search={search}
          range={view.range}
          query={view.query}
          log={log}
          bulk={bulk}
          valueOf={valueOf}
          heldHandlers={handlers}
          onChange={view.change}
          onOpen={view.open}
          onWalk={walk.go}
          onRunMany={() => setRunningMany(true)}
        />
        {id === undefined ? (
          <div className={styles.choose}>
            <EmptyState title={words.chooseTitle}>{words.chooseText}</EmptyState>
          </div>
        ) : (
          <EntryPane
            id={id}
            walk={walk}
            changes={changes}
            onBack={view.close}
            onChanged={log.renew}
            onFilter={(filters) => view.change({ ...withoutPeriod(search), ...filters })}
          />
        )}
      </div>
      {isRunningMany ? (
        <RunManySheet
          query={view.query}
          bulk={bulk}
          onClose={() => {
            setRunningMany(false);
            if (bulk.replay?.dryRun !== false || bulk.replay.state !== 'running') bulk.forget();
          }}
        />
      ) : null}
    </Page>
  );
}

/** A filter that an entry asks for shows all that match it, of whichever period. */
function withoutPeriod({ id }: PostbacksSearch): PostbacksSearch {
  return { id, period: 'all' };
}

/** The query of the list, the same object while its content is the same; and the acts that change the URL. */
function useView(search: PostbacksSearch) {
  const navigate = useNavigate({ from: '/postbacks' });
  const timeZone = useTimeZone();
  const range = rangeOf(search, LOG_PERIOD, timeZone);
  const text = JSON.stringify(logQueryOf(search, range));
  const query = useMemo(() => JSON.parse(text) as PostbacksQuery, [text]);
  const hasEntry = search.id !== undefined;
  const open = useCallback(
    // The way back leads from the first opened entry to the list, not through each that was walked over.
    (id: string) => void navigate({ search: (before) => ({ ...before, id }), replace: hasEntry, resetScroll: false }),
    [navigate, hasEntry],
  );
  return {
    range,
    query,
    open,
    close: () => void navigate({ search: (before) => ({ ...before, id: undefined }), replace: true }),
    change: (next: PostbacksSearch) => void navigate({ search: next, replace: true, resetScroll: false }),
  };
}

/** Walking from entry to entry, also with the keys. The list loads more as its end comes near. */
function useWalk(
  { id }: PostbacksSearch,
  { rows, loadMore }: ReturnType<typeof usePostbackList>,
  open: (id: string) => void,
): Walk {
  const navigate = useNavigate({ from: '/postbacks' });
  const index = useMemo(() => rows.findIndex((row) => row.id === id), [rows, id]);
  const next = rows[index + 1]?.id; // without an opened entry: the first row
  const previous = index > 0 ? rows[index - 1]?.id : undefined;
  const go = (step: 1 | -1): void => {
    const to = step === 1 ? next : previous;
    if (to !== undefined) open(to);
    if (index >= rows.length - 5) loadMore();
  };
  useKeys({
    j: { act: () => go(1), label: words.walkNext },
    k: { act: () => go(-1), label: words.walkPrevious },
    ArrowRight: { act: () => go(1), label: words.walkNext, isHidden: true },
    ArrowLeft: { act: () => go(-1), label: words.walkPrevious, isHidden: true },
    ...(id !== undefined && {
      Escape: {
        act: () => void navigate({ search: (before) => ({ ...before, id: undefined }), replace: true }),
        label: words.back,
        layer: 'sheet' as const,
        isHidden: true,
      },
    }),
  });
  return { previous, next, go };
}

function SendTest() {
  if (!hasScope(useMe(), 'networks:write')) return null;
  return (
    <ButtonLink to="/networks" icon={<IconSend className="icon" />} aria-label={words.sendTest}>
      <span className="not-on-phone">{words.sendTest}</span>
    </ButtonLink>
  );
}
